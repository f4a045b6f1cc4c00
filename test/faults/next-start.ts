import { DAY, type Instant } from '#shared/platform/instant.ts';

const LENGTH_DAYS = 31;
/** Billing days go to the 28th. */
const LAST_DAY = 26;

/** The billing day of the flow's account: two days after it begins. */
export function billingDayOf(start: Instant): number {
  return new Date(start).getUTCDate() + 2;
}

/**
 * The next midnight at which the flow may begin: in a month that follows on one of 31 days. So the regular period that
 * ends two days later always has 31 days, and each run is charged the same part of it.
 */
export function nextStart(after: Instant): Instant {
  for (let day = Math.floor(after / DAY) * DAY + DAY; ; day += DAY) {
    const at = new Date(day);
    const daysBefore = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 0)).getUTCDate();
    if (daysBefore === LENGTH_DAYS && at.getUTCDate() <= LAST_DAY) return day;
  }
}
