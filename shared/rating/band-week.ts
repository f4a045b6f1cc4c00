import { bandMinutes, MINUTES_A_WEEK } from '#shared/catalog/band-minutes.ts';
import type { Band } from '#shared/catalog/catalog-version.ts';
import { DAY, MINUTE, MINUTES_A_DAY } from '#shared/platform/instant.ts';

const DAYS_A_WEEK = 7;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const EPOCH_WEEKDAY = 3;

/** The bands of a catalog version as a week of minutes. Band 0 is "no band", band i + 1 the i-th of the catalog. */
export interface BandWeek {
  readonly bandOfMinute: Uint8Array;
  /** Minutes of the week that belong to an occurrence which began on the day before. */
  readonly beganYesterday: Uint8Array;
  /** Per band the days (since 1970-01-01) on which it does not begin; `undefined` when it knows no holidays. */
  readonly holidays: readonly (ReadonlySet<number> | undefined)[];
  /** Bands that begin on holidays too; on those days their hours are theirs alone. */
  readonly including: readonly IncludingBand[];
}

interface IncludingBand {
  readonly band: number;
  readonly days: ReadonlySet<number>;
  /** Minutes after midnight; `until` may lie on the next day. */
  readonly from: number;
  readonly until: number;
}

export function prepareBandWeek(bands: readonly Band[]): BandWeek {
  const bandOfMinute = new Uint8Array(MINUTES_A_WEEK);
  const beganYesterday = new Uint8Array(MINUTES_A_WEEK);
  bands.forEach((band, index) => {
    for (const each of bandMinutes(band)) {
      bandOfMinute[each.minute] = index + 1;
      if (each.beganYesterday) beganYesterday[each.minute] = 1;
    }
  });
  const holidays = bands.map(band => (band.holidays.length === 0 ? undefined : new Set(band.holidays)));
  return { bandOfMinute, beganYesterday, holidays: [undefined, ...holidays], including: bands.flatMap(includingBand) };
}

function includingBand({ alsoOn, from, to }: Band, index: number): IncludingBand[] {
  if (alsoOn === undefined) return [];
  return [{ band: index + 1, days: new Set(alsoOn), from, until: to > from ? to : to + MINUTES_A_DAY }];
}

/** The band at a moment of the account's wall clock; an occurrence belongs to the day on which it began. */
export function bandAt(week: BandWeek, wall: number): number {
  const day = Math.floor(wall / DAY);
  const minuteOfDay = Math.floor((wall - day * DAY) / MINUTE);
  for (const { band, days, from, until } of week.including) {
    if (minuteOfDay >= from && minuteOfDay < until && days.has(day)) return band;
    if (minuteOfDay + MINUTES_A_DAY < until && days.has(day - 1)) return band;
  }
  const minute = ((day + EPOCH_WEEKDAY) % DAYS_A_WEEK) * MINUTES_A_DAY + minuteOfDay;
  const band = week.bandOfMinute[minute] ?? 0;
  const holidays = week.holidays[band];
  if (holidays === undefined) return band;
  return holidays.has(day - (week.beganYesterday[minute] ?? 0)) ? 0 : band;
}
