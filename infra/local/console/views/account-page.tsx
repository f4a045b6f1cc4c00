import { type Formats, formatsOf } from '#shared/locale/formats.ts';
import { parseInstant } from '#shared/platform/instant.ts';
import { isEqual, type Position, priceName } from '#shared/reports/agreement.ts';
import { momentText, monthName, monthText } from '../moment-text.ts';
import type { AccountView } from '../read-account.ts';
import type { Bill, Dunning, Line } from '../read-accounts.ts';
import { dunningText, isTrouble } from './accounts-table.tsx';
import { TimelineList } from './timeline-list.tsx';

/** One account: how it stands, and what happened to it in one period. */
export function AccountPage({ view, now }: { view: AccountView; now: number }) {
  const { account, lines, bills, positions, period, timeline, open, dunning, isCut } = view;
  const { account: id, currency, timezone } = account;
  const formats = formatsOf('en', currency, timezone);
  const json = `/console/v1/accounts/${id}`;
  return (
    <>
      <h1>{account.name}</h1>
      <nav class="links" aria-label="About this account">
        {account.stripeCustomer === null ? null : <a href={`/console/portal/${id}`}>Portal page</a>}
        <a href="/_local/inbox">Mails</a>
        <a href={json}>Account as JSON</a>
        <a href={`${json}/usage`}>Usage as JSON</a>
      </nav>
      <dl class="facts">
        <Fact label="Account" value={id} />
        <Fact label="Open amount" value={formats.money(open)} />
        <Fact label="Mail" value={account.email} />
        <Fact label="Language, time zone" value={`${account.locale}, ${timezone}`} />
        <Fact label="Stripe customer" value={account.stripeCustomer ?? 'none yet'} />
      </dl>
      <Lines lines={lines} json={json} />
      <DunningState dunning={dunning} formats={formats} json={json} />
      <Bills bills={bills} formats={formats} />
      <h2>{monthText(period.start)}</h2>
      <nav class="pager" aria-label="Other periods">
        <a href={`?period=${monthName(period.start - 1)}`}>Earlier</a>
        {period.end <= now ? <a href={`?period=${monthName(period.end)}`}>Later</a> : null}
      </nav>
      <FourNumbers positions={positions.items} href={`${json}/positions?period=${monthName(period.start)}`} />
      <h3>What happened</h3>
      <p class="quiet">Days and times are those of {timezone}, unless UTC stands beside them.</p>
      {isCut ? <p class="quiet">Only the newest records of this period are told.</p> : null}
      <TimelineList days={timeline} timezone={timezone} />
    </>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Lines({ lines, json }: { lines: readonly Line[]; json: string }) {
  return (
    <section id="lines">
      <h2>Lines</h2>
      {lines.length === 0 ? (
        <p class="quiet">None yet.</p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Number</th>
              <th scope="col">Plan</th>
              <th scope="col">State</th>
              <th scope="col">Period ends</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, msisdn, plan, state, period }) => (
              <tr key={line}>
                <th scope="row">
                  <a href={`${json}/lines/${line}`}>{line}</a>
                </th>
                <td data-label="Number" class="nowrap">
                  {msisdn}
                </td>
                <td data-label="Plan">{plan}</td>
                <td data-label="State" class={state === 'active' ? 'good' : 'late'}>
                  {state}
                </td>
                <td data-label="Period ends">{momentText(parseInstant(period.end) ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function DunningState({ dunning, formats, json }: { dunning: Dunning; formats: Formats; json: string }) {
  const { next, debt, restrictions } = dunning;
  return (
    <section id="dunning">
      <h2>Dunning</h2>
      <p>
        <span class={isTrouble(dunning) ? 'late' : undefined}>{dunningText(dunning)}</span>
        {next ? `; next: ${next.action} on ${momentText(parseInstant(next.at) ?? 0)}` : null}
        {restrictions.length === 0 ? null : `; in force: ${restrictions.join(', ')}`}{' '}
        <a href={`${json}/dunning`}>History as JSON</a>
      </p>
      <ul>
        {debt.map(({ invoice, number, amount, dueAt }) => (
          <li key={invoice}>
            {`${formats.money(amount)} on bill ${number || invoice}, late since ${momentText(parseInstant(dueAt) ?? 0)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Bills({ bills, formats }: { bills: readonly Bill[]; formats: Formats }) {
  return (
    <section id="bills">
      <h2>Bills</h2>
      {bills.length === 0 ? (
        <p class="quiet">None yet. A bill is issued for each final invoice.</p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">Issued</th>
              <th scope="col" class="number">
                Total
              </th>
              <th scope="col" class="number">
                Due
              </th>
              <th scope="col">Status</th>
              <th scope="col">Forms</th>
            </tr>
          </thead>
          <tbody>
            {bills.map(({ id, number, issuedAt, total, due, status }) => (
              <tr key={id}>
                <th scope="row">
                  <a href={`/console/v1/bills/${id}.html`}>{number}</a>
                </th>
                <td data-label="Issued">{formats.day(parseInstant(issuedAt) ?? 0)}</td>
                <td data-label="Total" class="number">
                  <a href={`/console/v1/bills/${id}/proof`}>{formats.money(total)}</a>
                </td>
                <td data-label="Due" class="number">
                  {formats.money(due)}
                </td>
                <td data-label="Status" class={status === 'paid' ? 'good' : status === 'open' ? 'late' : undefined}>
                  {status}
                </td>
                <td data-label="Forms">
                  <span class="links">
                    {['pdf', 'csv', 'json'].map(form => (
                      <a key={form} href={`/console/v1/bills/${id}.${form}`}>
                        {form.toUpperCase()}
                      </a>
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function FourNumbers({ positions, href }: { positions: readonly Position[]; href: string }) {
  return (
    <section id="numbers">
      <h3>The four numbers</h3>
      {positions.length === 0 ? (
        <p class="quiet">Nothing was rated for a meter in this period.</p>
      ) : (
        <section class="wide" aria-label="The four numbers" tabIndex={0}>
          <table>
            <caption>
              Steps of a price, or 1/10 000 of a cent. <a href={href}>As JSON</a>
            </caption>
            <thead>
              <tr>
                <th scope="col">Price</th>
                {['Rated', 'Acknowledged', 'Confirmed', 'Invoiced'].map(head => (
                  <th key={head} scope="col" class="number">
                    {head}
                  </th>
                ))}
                <th scope="col">All one</th>
              </tr>
            </thead>
            <tbody>
              {positions.map(position => (
                <tr key={position.billable}>
                  <th scope="row">{priceName(position.billable)}</th>
                  <td class="number">{position.rated}</td>
                  <td class="number">{position.acknowledged}</td>
                  <td class="number">{position.confirmed ?? 'not yet'}</td>
                  <td class="number">{position.invoiced ?? 'not yet'}</td>
                  <td class="nowrap">
                    {isEqual(position) ? <span class="good">✓ equal</span> : <span class="quiet">not yet</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
