/** Days of a year as `MMDD`, computed for the rules of a country. */

const DAY_MS = 86_400_000;

/** Gregorian (the anonymous algorithm, as in Meeus, Astronomical Algorithms, chapter 8). */
export function westernEaster(year: number): number {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return Date.UTC(year, month - 1, (h + l - 7 * m + 33 * month + 19) % 32);
}

/** Julian Easter (Meeus, chapter 8) on the Gregorian calendar, which is 13 days ahead from 1900 to 2099. */
export function orthodoxEaster(year: number): number {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const month = Math.floor((d + e + 114) / 31);
  return Date.UTC(year, month - 1, ((d + e + 114) % 31) + 1 + 13);
}

export function plus(at: number, days: number): number {
  return at + days * DAY_MS;
}

export function instantOf(year: number, monthDay: string): number {
  return Date.UTC(year, Number(monthDay.slice(0, 2)) - 1, Number(monthDay.slice(2)));
}

export function monthDayOf(at: number): string {
  const date = new Date(at).toISOString();
  return date.slice(5, 7) + date.slice(8, 10);
}

/** 0 is Sunday. */
export function weekday(at: number): number {
  return new Date(at).getUTCDay();
}

export function isWeekend(at: number): boolean {
  return weekday(at) % 6 === 0;
}

/** The first such weekday on or after a day: `0501`, 0 is the first Sunday of May. */
export function firstOnOrAfter(year: number, monthDay: string, day: number): number {
  const first = instantOf(year, monthDay);
  return plus(first, (day - weekday(first) + 7) % 7);
}
