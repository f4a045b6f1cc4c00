import { DAY, type Instant, MINUTE } from './instant.ts';
import { shardOf } from './shard.ts';

// Regular work has no state: an account's minute of the day is a hash of its id and never changes, so no write is
// needed to be woken, and no wake-up can be lost.

export const MINUTE_SHARDS = 16;
export const MINUTES_A_DAY = DAY / MINUTE;

/** The static attributes by which the sweeper finds the account: its shard, and its minute of the day as `HHMM` (UTC). */
export function accountMinute(account: string): { readonly wakeShard: string; readonly wakeAt: string } {
  return {
    wakeShard: `minute#${shardOf(account, MINUTE_SHARDS, 'shard')}`,
    wakeAt: minuteText(shardOf(account, MINUTES_A_DAY, 'minute')),
  };
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

export function minuteOfDay(at: Instant): number {
  return Math.floor((at % DAY) / MINUTE);
}
