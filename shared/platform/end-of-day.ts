import { DAY, type Instant } from './instant.ts';
import { instantOfWall, wallAt } from './time-zones.ts';

/** The end of a day (`2026-12-20`) on the zone's wall clock: its first moment that is the next day's. */
export function endOfDay(date: string, timezone: string): Instant {
  return instantOfWall(timezone, Date.parse(`${date}T00:00:00Z`) + DAY);
}

/**
 * The end of the day that a moment falls on. What is due on a day is late from its end on, not from the hour at which
 * the invoice happened to be made.
 */
export function endOfDayOf(at: Instant, timezone: string): Instant {
  return endOfDay(new Date(wallAt(timezone, at)).toISOString().slice(0, 10), timezone);
}
