import { type Instant, type Period, printInstant, SECOND } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { regularPeriod } from './billing-day.ts';
import { PERIOD_PREFIX, PeriodItem } from './period-item.ts';
import type { AccountItem } from './records/account-item.ts';

export interface AccountPeriod extends Period {
  /** When billing began inside it; the start where nothing is known of it. */
  readonly billedFrom: Instant;
}

/**
 * The account's billing period that holds `at`: as the provider has it, or by the billing day where it has none (yet).
 */
export async function periodAt(
  table: Table,
  account: Pick<AccountItem, 'account' | 'billingDay'>,
  at: Instant,
  billingHour: number,
): Promise<AccountPeriod> {
  // Whole seconds: as text, `00:00.500Z` sorts before `00:00Z`.
  const upTo = [PERIOD_PREFIX, `${PERIOD_PREFIX}${printInstant(at - (at % SECOND))}`] as const;
  const latest = { pk: `account#${account.account}`, between: upTo, newestFirst: true, consistent: true, limit: 1 };
  for await (const { start, end, billedFrom } of table.query(latest, PeriodItem)) {
    if (at < end) return { start, end, billedFrom };
  }
  const regular = regularPeriod(at, { day: account.billingDay, hour: billingHour });
  return { ...regular, billedFrom: regular.start };
}
