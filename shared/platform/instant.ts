/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. Numbers, because a month of records is compared and sorted by it. */
export type Instant = number;

/** Where domain code learns the time. Production passes the system's clock; tests and the local cloud pass domain time. */
export type Clock = () => Instant;

export const systemClock: Clock = () => Date.now();

/** Milliseconds that really pass, for what is remembered for a while; domain time may stand still for days. */
export const elapsedTime: Clock = () => performance.now();

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const MINUTES_A_DAY = DAY / MINUTE;

/** In either case, and without the hour 24, of which `Date.parse` makes the next day. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,30})?(Z|[+-]\d{2}:\d{2})$/i;

const LEAP_SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:60/i;

/** Reads RFC 3339 with offset; `undefined` for anything else (also `2026-02-30`, which `Date.parse` would move to March). */
export function parseInstant(text: string): Instant | undefined {
  if (!RFC_3339.test(text)) return undefined;
  const instant = Date.parse(text.toUpperCase());
  if (Number.isNaN(instant)) return undefined;
  return dayExists(text) ? instant : undefined;
}

function dayExists(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** What to tell of a text that `parseInstant` refuses. */
export function wrongWithInstant(text: string): string {
  if (LEAP_SECOND.test(text)) return 'must not be a leap second: write :59 instead of :60';
  return 'must be an RFC 3339 time with offset, such as 2026-11-01T08:00:00Z';
}

/** `2026-11-01T00:00:00Z`; milliseconds appear only where there are any. */
export function printInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** Half-open: `start` belongs to it, `end` does not. */
export interface Period {
  readonly start: Instant;
  readonly end: Instant;
}

export function contains(period: Period, instant: Instant): boolean {
  return period.start <= instant && instant < period.end;
}

/** The first of those that are known; `undefined`: there is none. */
export function earliest(moments: readonly (Instant | undefined)[]): Instant | undefined {
  const known = moments.filter(moment => moment !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
