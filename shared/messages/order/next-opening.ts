import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { StepWindow } from '#shared/catalog/dunning-policy.ts';
import { DAY, type Instant, MINUTE } from '#shared/platform/instant.ts';
import { instantOfWall, wallAt } from '#shared/platform/time-zones.ts';

/** When messages may go out: a policy's window on the wall clock of the account's zone. */
export const SendingHours = z.object({ window: StepWindow, timezone: z.string() });
export type SendingHours = z.output<typeof SendingHours>;

/** `at` itself inside the hours, or where there are none; else when they begin again. */
export function openingOf(hours: SendingHours | undefined, at: Instant): Instant {
  return hours === undefined ? at : nextOpening(hours.window, hours.timezone, at);
}

/** No row of closed days is longer: holidays are listed for some years, and a week has an open day. */
const DAYS_AHEAD = 3_660;

/**
 * The first moment from `at` on at which steps may be taken, by the wall clock of the zone: `at` itself inside the
 * window, else the next opening. A span that begins in the hour that a clock change leaves out begins an hour later.
 */
export function nextOpening(window: StepWindow | null, timezone: string, at: Instant): Instant {
  if (window === null) return at;
  let day = Temporal.PlainDate.from(new Date(wallAt(timezone, at)).toISOString().slice(0, 10));
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++, day = day.add({ days: 1 })) {
    if (!isOpenOn(window, day)) continue;
    const from = wallMoment(day, window.from, timezone);
    if (at < from) return from;
    if (at < wallMoment(day, window.to, timezone)) return at;
  }
  throw new RangeError('The window of a dunning policy never opens.');
}

function isOpenOn({ days, holidays }: StepWindow, day: Temporal.PlainDate): boolean {
  const dayNumber = Date.UTC(day.year, day.month - 1, day.day) / DAY;
  return days.includes(day.dayOfWeek - 1) && !holidays.includes(dayNumber);
}

function wallMoment(day: Temporal.PlainDate, minutes: number, timezone: string): Instant {
  return instantOfWall(timezone, Date.UTC(day.year, day.month - 1, day.day) + minutes * MINUTE);
}
