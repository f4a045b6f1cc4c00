import { Temporal } from 'temporal-polyfill';
import type { Instant } from '#shared/platform/instant.ts';

/** The end of a day (`2026-12-20`) on the zone's wall clock: its first moment that is the next day's. */
export function endOfDay(date: string, timezone: string): Instant {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds;
}
