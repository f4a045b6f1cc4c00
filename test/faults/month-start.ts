import { DAY, type Instant } from '#shared/platform/instant.ts';

const DAYS_OF_PERIOD = 31;
const FIRST_DAY = 14;

/** The billing day of the flow's account: two days after it begins. */
export const BILLING_DAY = FIRST_DAY + 2;

/**
 * The next 14th of a month that follows on one of 31 days. So the regular period that ends on the 16th always has 31
 * days, and each run is charged the same part of it.
 */
export function nextStart(after: Instant): Instant {
  const at = new Date(after);
  for (let month = at.getUTCMonth(); ; month += 1) {
    const start = Date.UTC(at.getUTCFullYear(), month, FIRST_DAY);
    const before = Date.UTC(at.getUTCFullYear(), month - 1, FIRST_DAY);
    if (start > after && start - before === DAYS_OF_PERIOD * DAY) return start;
  }
}
