import { periodKey } from '#shared/accounts/period-item.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { fourNumbers } from '#shared/metering/four-numbers.ts';
import { positionsOf } from '#shared/metering/position.ts';
import { rateBilled } from '#shared/metering/push-account.ts';
import { type Period, printInstant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { RatingDependencies } from '#shared/rating/rate-account.ts';

export interface PositionSources {
  readonly ledger: Table;
  readonly rating: RatingDependencies;
}

/**
 * Per meter of a period what was rated, what Stripe acknowledged, what its summary confirmed and what is on the
 * invoice: steps of a unit price, 1/10 000 minor units of amounts; sorted by meter. Null: not known yet.
 */
export async function readPositions({ ledger, rating }: PositionSources, account: AccountItem, period: Period) {
  const closing = await ledger.get(periodKey(account.account, period.start), ClosingPeriod);
  const stored = await positionsOf(ledger, account.account, period.start);
  const now = async () =>
    (await rateBilled({ ...rating, table: ledger }, account, period, { consistent: false })).targets;
  const rated = closing?.frozen?.targets ?? Object.fromEntries(await now());
  const invoiced = new Map([...stored].map(([key, position]) => [key, position.invoiced ?? 0n]));
  return {
    account: account.account,
    period: { start: printInstant(period.start), end: printInstant(period.end) },
    state: closing?.state ?? 'unbilled',
    items: fourNumbers(rated, stored, invoiced).map(numbers => ({
      billable: numbers.key,
      rated: numbers.rated.toString(),
      acknowledged: numbers.acknowledged.toString(),
      confirmed: numbers.confirmed?.toString() ?? null,
      invoiced: stored.get(numbers.key)?.invoiced?.toString() ?? null,
    })),
  };
}
