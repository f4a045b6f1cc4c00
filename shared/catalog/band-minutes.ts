import { MINUTES_A_DAY } from '#shared/platform/instant.ts';
import type { Band } from './catalog-version.ts';

export const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

export interface BandMinute {
  /** Minute of the week, Monday 00:00 = 0. */
  readonly minute: number;
  /** The occurrence began on the day before. */
  readonly beganYesterday: boolean;
}

/** The minutes of the week in which a band is, holidays aside. `to` ≤ `from` ends on the next day. */
export function* bandMinutes(band: Band): Generator<BandMinute> {
  const length = band.to > band.from ? band.to - band.from : band.to - band.from + MINUTES_A_DAY;
  for (const day of band.days) {
    for (let at = band.from; at < band.from + length; at++) {
      yield { minute: (day * MINUTES_A_DAY + at) % MINUTES_A_WEEK, beganYesterday: at >= MINUTES_A_DAY };
    }
  }
}
