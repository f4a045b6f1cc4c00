import { formatsOf } from '#shared/locale/formats.ts';
import { parseInstant } from '#shared/platform/instant.ts';
import type { Agreement } from '#shared/reports/agreement.ts';
import { monthName, monthText } from '../moment-text.ts';
import type { AccountRow, Dunning, Line } from '../read-accounts.ts';

export function AccountsTable({ rows, total }: { rows: readonly AccountRow[]; total: number }) {
  if (rows.length === 0) {
    return <p class="quiet">No accounts yet. Each account that is made by the API is a row here.</p>;
  }
  return (
    <table class="cards">
      {rows.length < total ? <caption>{`The first ${rows.length} of ${total} accounts.`}</caption> : null}
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Lines</th>
          <th scope="col" class="number">
            Open
          </th>
          <th scope="col">Four numbers</th>
          <th scope="col">Dunning</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <Row key={row.account.account} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row: { account, lines, open, agreement, agreedSince, dunning } }: { row: AccountRow }) {
  const page = `/console/accounts/${account.account}`;
  const isOpen = !/^0(\.0+)?$/.test(open);
  return (
    <tr>
      <th scope="row">
        <a href={page}>{account.name}</a>
        <br />
        <small>{account.account}</small>
      </th>
      <td data-label="Lines">
        <LineStates lines={lines} page={page} />
      </td>
      <td data-label="Open" class="number">
        <a href={`${page}#bills`} class={isOpen ? 'late' : undefined}>
          {formatsOf('en', account.currency, 'UTC').money(open)}
        </a>
      </td>
      <td data-label="Four numbers">
        <AgreementMark agreement={agreement} since={parseInstant(agreedSince) ?? 0} page={page} />
      </td>
      <td data-label="Dunning">
        <a href={`${page}#dunning`} class={isTrouble(dunning) ? 'late' : undefined}>
          {dunningText(dunning)}
        </a>
      </td>
    </tr>
  );
}

function LineStates({ lines, page }: { lines: readonly Line[]; page: string }) {
  if (lines.length === 0) return <span class="quiet">none yet</span>;
  return (
    <ul class="lines">
      {lines.map(({ line, state }) => (
        <li key={line}>
          <a href={`${page}#lines`}>{line}</a> <span class={state === 'active' ? 'good' : 'late'}>{state}</span>
        </li>
      ))}
    </ul>
  );
}

function AgreementMark({ agreement, since, page }: { agreement: Agreement; since: number; page: string }) {
  const month = monthText(since);
  const href = `${page}?period=${monthName(since)}#numbers`;
  switch (agreement.kind) {
    case 'none':
      return <span class="quiet">nothing billed yet</span>;
    case 'under-way':
      return <a href={href}>{`${month}: under way`}</a>;
    case 'agree':
      return (
        <a href={href} class="good">
          {`✓ ${month}`}
        </a>
      );
    case 'differ':
      return (
        <a href={href} class="late">
          {`✗ ${month}: ${agreement.differing.length} differ`}
        </a>
      );
    default:
      return agreement satisfies never;
  }
}

const QUIET_STATES = ['none', 'closed'];

export function isTrouble(dunning: Dunning): boolean {
  return !QUIET_STATES.includes(dunning.state);
}

export function dunningText(dunning: Dunning): string {
  return dunning.step !== null && isTrouble(dunning) ? `${dunning.state}, ${dunning.step}` : dunning.state;
}
