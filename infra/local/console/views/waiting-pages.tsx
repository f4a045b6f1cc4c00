import type { Incident } from '#shared/platform/incident.ts';
import type { Attention } from '#shared/reports/attention.ts';
import { momentText } from '../moment-text.ts';

/** Records that are kept and not billed, with what would free them. */
export function QuarantinePage({ attention }: { attention: Attention }) {
  const { quarantine, isMoreQuarantined } = attention;
  return (
    <>
      <h1>Quarantine</h1>
      <p class="quiet">
        Not lost, not billed. Each leaves by itself when its cause is gone, or is put aside with a reason by{' '}
        <code>POST /v1/quarantine/dismiss</code>; a conflict leaves only so.{' '}
        <a href="/console/v1/quarantine?limit=500">As JSON</a>
      </p>
      {quarantine.length === 0 ? (
        <p>Nothing is in quarantine. Records that nobody can be billed for would be here.</p>
      ) : null}
      {isMoreQuarantined ? <p>{`The newest ${quarantine.length}; there are more.`}</p> : null}
      {quarantine.length === 0 ? null : (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Record</th>
              <th scope="col">Why</th>
              <th scope="col">Name</th>
              <th scope="col">Kind</th>
              <th scope="col">Started</th>
              <th scope="col">Account</th>
            </tr>
          </thead>
          <tbody>
            {quarantine.map(({ id, source, code, reason, line, kind, startedAt, account }) => (
              <tr key={`${source} ${id} ${code}`}>
                <th scope="row">{id}</th>
                <td data-label="Why">
                  <span>
                    {code}
                    <br />
                    <small>{reason}</small>
                  </span>
                </td>
                <td data-label="Name" class="nowrap">
                  {line}
                </td>
                <td data-label="Kind">{kind}</td>
                <td data-label="Started" class="nowrap">
                  {startedAt}
                </td>
                <td data-label="Account">
                  {account === undefined ? 'none' : <a href={`/console/accounts/${account}`}>{account}</a>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** What does not heal by itself. */
export function IncidentsPage({ cases }: { cases: readonly Incident[] }) {
  return (
    <>
      <h1>Open cases</h1>
      <p class="quiet">
        Closed with <code>npm run dunlin -- case close ID</code> by whoever has seen to it. What to do is in
        shared/docs/runbook.md.
      </p>
      {cases.length === 0 ? <p>No case is open. What does not heal by itself would be here.</p> : null}
      {cases.map(one => (
        <OneIncident key={one.sk} one={one} />
      ))}
    </>
  );
}

function OneIncident({ one: { sk, code, subject, openedAt, detail } }: { one: Incident }) {
  const account = /^account#(.+)$/.exec(subject.pk)?.[1];
  return (
    <section>
      <h2>{code}</h2>
      <dl class="facts">
        <div>
          <dt>Opened</dt>
          <dd>{momentText(openedAt)}</dd>
        </div>
        <div>
          <dt>About</dt>
          <dd>
            {account === undefined ? subject.pk : <a href={`/console/accounts/${account}`}>{account}</a>} {subject.sk}
          </dd>
        </div>
        <div>
          <dt>Id</dt>
          <dd>{sk}</dd>
        </div>
        {Object.entries(detail).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Messages that were given up after five attempts. */
export function DeadLettersPage({ attention }: { attention: Attention }) {
  const { deadLetters } = attention;
  return (
    <>
      <h1>Dead letters</h1>
      <p class="quiet">
        Messages that a function gave up after five attempts; they are kept for 14 days. Start with --verbose to see
        why.
      </p>
      {deadLetters.size === 0 ? (
        <p>There are none. A message that fails again and again would be here.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col" class="number">
                Messages
              </th>
            </tr>
          </thead>
          <tbody>
            {[...deadLetters].map(([queue, count]) => (
              <tr key={queue}>
                <th scope="row">{queue}</th>
                <td class="number">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
