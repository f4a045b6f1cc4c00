import { DAY, type Instant, MINUTE, MINUTES_A_DAY } from './instant.ts';
import { shardOf } from './shard.ts';

// Regular work has no state: an account's minute of the day is a hash of its id and never changes, so no write is
// needed to be woken, and no wake-up can be lost.

/** One, because it is written once per account and read every minute; what waits moves all the time and has four. */
export const MINUTE_SHARDS = 1;

/** The static attributes by which the sweeper finds the account: its shard, and its minute of the day as `HHMM` (UTC). */
export function accountMinute(account: string): { readonly wakeShard: string; readonly wakeAt: string } {
  return {
    wakeShard: minuteShard(shardOf(account, MINUTE_SHARDS, 'shard')),
    wakeAt: minuteText(shardOf(account, MINUTES_A_DAY, 'minute')),
  };
}

export function minuteShard(shard: number): string {
  return `minute#${shard}`;
}

/** Minute of the day (0 to 1439) as `HHMM`. */
export function minuteText(minuteOfDay: number): string {
  const hours = Math.floor(minuteOfDay / 60);
  return String(hours).padStart(2, '0') + String(minuteOfDay % 60).padStart(2, '0');
}

/** The inverse of `minuteText`. */
export function minuteOfText(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(2, 4));
}

/** Minutes of the day, both inclusive; never over midnight. */
export interface MinuteRange {
  readonly from: number;
  readonly to: number;
  /** How much later than the accounts' own minutes this flush is. */
  readonly shift: number;
}

/**
 * Which accounts' minutes come within `count` minutes from `first` on. With n flushes a day an account comes at its
 * own minute and at those that lie k/n of a day behind it.
 */
export function minuteRanges(first: Instant, count: number, flushesPerDay: number): MinuteRange[] {
  const start = minuteOfDay(first);
  const ranges: MinuteRange[] = [];
  for (let flush = 0; flush < flushesPerDay; flush++) {
    const shift = Math.floor((flush * MINUTES_A_DAY) / flushesPerDay);
    const from = (start - shift + MINUTES_A_DAY) % MINUTES_A_DAY;
    const to = from + count - 1;
    ranges.push({ from, to: Math.min(to, MINUTES_A_DAY - 1), shift });
    if (to >= MINUTES_A_DAY) ranges.push({ from: 0, to: to - MINUTES_A_DAY, shift });
  }
  return ranges;
}

/** The next time from `first` on at which it is this minute of the day, `shift` minutes later. */
export function nextOccurrence(minute: number, shift: number, first: Instant): Instant {
  const ahead = (minute + shift - minuteOfDay(first) + 2 * MINUTES_A_DAY) % MINUTES_A_DAY;
  return first + ahead * MINUTE;
}

function minuteOfDay(at: Instant): number {
  return Math.floor((at % DAY) / MINUTE);
}
