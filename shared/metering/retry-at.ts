import { backOff } from '#shared/platform/due.ts';
import { HOUR, type Instant, MINUTE } from '#shared/platform/instant.ts';

/** The provider may finalise an invoice an hour after the period's end; what has not reached the meter is not on it. */
const CLOSING = 2 * HOUR;
const OFTEN = 5 * MINUTE;

/** When to try again what failed `failures` times in a row: less and less often, except while the period closes. */
export function retryAt(failures: number, now: Instant, periodEnd: Instant): Instant {
  const at = backOff(failures, now);
  if (now < periodEnd) return Math.min(at, Math.max(periodEnd, now + MINUTE));
  return now < periodEnd + CLOSING ? Math.min(at, now + OFTEN) : at;
}
