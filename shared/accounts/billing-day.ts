import { HOUR, type Instant, type Period } from '#shared/platform/instant.ts';
import { shardOf } from '#shared/platform/shard.ts';

/** When an account's periods begin: this day of the month (1 to 28, so that every month has it), at this hour UTC. */
export interface BillingAnchor {
  readonly day: number;
  readonly hour: number;
}

/** The billing day of an account that asked for none: spread evenly, because a day's invoices are made within hours. */
export function spreadBillingDay(account: string): number {
  return 1 + shardOf(account, 28, 'billing-day');
}

/** The regular period that holds `instant`: from one boundary to the next (start included, end excluded). */
export function regularPeriod(instant: Instant, anchor: BillingAnchor): Period {
  const at = new Date(instant);
  const thisMonth = boundary(at.getUTCFullYear(), at.getUTCMonth(), anchor);
  return instant >= thisMonth
    ? { start: thisMonth, end: boundary(at.getUTCFullYear(), at.getUTCMonth() + 1, anchor) }
    : { start: boundary(at.getUTCFullYear(), at.getUTCMonth() - 1, anchor), end: thisMonth };
}

/** `month` may be -1 or 12: `Date.UTC` carries it into the neighbouring year. */
function boundary(year: number, month: number, anchor: BillingAnchor): Instant {
  return Date.UTC(year, month, anchor.day) + anchor.hour * HOUR;
}
