import { wakesAt, wakeText } from '#shared/platform/due.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { CLOSING_DELAY, PERIOD_PREFIX, PeriodItem, periodKey } from './period-item.ts';

/** Older ones are closed, or wait for a person. */
const NEWEST = 4;

interface Billed {
  readonly account: string;
  readonly subscription: string;
}

/**
 * The collector has begun the invoice of a period that ended: its closing, which may wait for just that, runs now. Never
 * before its regular moment, because usage of the period's last seconds is still coming in until then.
 */
export async function wakeEnded(table: Table, clock: Clock, billed: Billed): Promise<void> {
  const now = clock();
  for (const period of await newestPeriods(table, billed)) {
    if (period.state === 'open' && period.end <= now) {
      await bringForward(table, period, Math.max(now, period.end + CLOSING_DELAY));
    }
  }
}

/** An invoice has changed: the period that waits to be compared with it is compared now. */
export async function wakeConfirmed(table: Table, clock: Clock, billed: Billed): Promise<void> {
  for (const period of await newestPeriods(table, billed)) {
    if (period.state === 'confirmed') await bringForward(table, period, clock());
  }
}

async function newestPeriods(table: Table, { account, subscription }: Billed): Promise<PeriodItem[]> {
  const newest = {
    pk: `account#${account}`,
    beginsWith: PERIOD_PREFIX,
    newestFirst: true,
    consistent: true,
    limit: NEWEST,
  };
  const periods = await Array.fromAsync(table.query(newest, PeriodItem));
  return periods.filter(period => period.subscription === subscription);
}

/**
 * Only from a later moment, and only while nobody works on it: a run under way that does not see the change yet comes
 * again by itself within minutes.
 */
async function bringForward(table: Table, period: PeriodItem, at: Instant): Promise<void> {
  const key = periodKey(period.account, period.start);
  await table.update(
    key,
    { set: wakesAt(key, at) },
    {
      expression: '#state = :state AND #wakeAt > :at AND attribute_not_exists(#dueSince)',
      names: { '#state': 'state', '#wakeAt': 'wakeAt', '#dueSince': 'dueSince' },
      values: { ':state': period.state, ':at': wakeText(at) },
    },
  );
}
