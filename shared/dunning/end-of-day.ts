import { DAY, type Instant } from '#shared/platform/instant.ts';
import { instantOfWall } from '#shared/platform/time-zones.ts';

/** The end of a day (`2026-12-20`) on the zone's wall clock: its first moment that is the next day's. */
export function endOfDay(date: string, timezone: string): Instant {
  return instantOfWall(timezone, Date.parse(`${date}T00:00:00Z`) + DAY);
}
