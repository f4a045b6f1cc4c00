import { minorDigits } from '#shared/money/currency.ts';
import { decimal, printDecimal } from '#shared/money/decimal.ts';
import { roundHalfUp } from '#shared/money/rounding.ts';
import { DAY, type Instant, type Period } from '#shared/platform/instant.ts';
import { wallAt } from '#shared/platform/time-zones.ts';
import { countryName } from './country-name.ts';
import { LOCALE_TAGS, type Locale } from './locales.ts';

/** Numbers, money, days and units as the readers of a language write them. */
export interface Formats {
  /** ISO 4217. */
  readonly currency: string;
  /** `€`, `kr`: for columns that name it once. */
  readonly symbol: string;
  /** `€12.50`; at most the currency's decimals. `amount` is a plain decimal in major units. */
  money(amount: string): string;
  /** As `money`, with every decimal that the amount has: prices below a cent, unrounded shares. */
  exactMoney(amount: string): string;
  /** As `money`, with two decimals below the minor unit: unrounded parts of an amount. */
  fineMoney(amount: string): string;
  /** As `money`, with a sign in any case: `+€5.00`, `-€1.20`, the minus of the language as in every other amount. */
  difference(amount: string): string;
  /** The amount without its currency, for columns that name it once. */
  amount(amount: string): string;
  /** As `amount`, with two decimals below the minor unit. */
  fineAmount(amount: string): string;
  number(value: string | number): string;
  /** `3 December 2026`, in the subscriber's time zone. */
  day(at: Instant): string;
  /**
   * `1–30 November 2026`: the days on the subscriber's clock of which a period holds the greater part. Periods begin at
   * an hour of UTC, and the end does not belong to them.
   */
  span(period: Period): string;
  /** `October`: in which a period begins, by the days of which it holds the greater part. */
  month(start: Instant): string;
  /** `1 November 2026 at 01:00`, in the subscriber's time zone. */
  moment(at: Instant): string;
  /** `Mon 2 Nov` and `14:05`, in the subscriber's time zone. */
  recordDay(at: Instant): string;
  recordTime(at: Instant): string;
  /** `12.4 GB`, `1 h 5 min 3 s`, `37`; in French `12,4 Go`, in Dutch `1 u 5 min`, in Swedish `1 tim 5 min`. */
  units(count: number, unit: 's' | 'B' | '1'): string;
  /** `Thailand`: of ISO 3166-1 alpha-2. */
  country(code: string): string;
  /** `100 minutes`, `69.5 minutes`. */
  minutes(count: number): string;
}

const kept = new Map<string, Formats>();

/** Making formatters takes a thousand times as long as using them, so they are kept. */
export function formatsOf(locale: Locale, currency: string, timezone: string): Formats {
  const key = `${locale} ${currency} ${timezone}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = makeFormats(locale, currency, timezone);
  kept.set(key, made);
  return made;
}

function makeFormats(locale: Locale, currency: string, timezone: string): Formats {
  const tag = LOCALE_TAGS[locale];
  const digits = minorDigits(currency);
  const style = { style: 'currency', currency, minimumFractionDigits: digits } as const;
  const money = new Intl.NumberFormat(tag, { ...style, maximumFractionDigits: digits });
  const difference = new Intl.NumberFormat(tag, { ...style, maximumFractionDigits: digits, signDisplay: 'always' });
  const exactMoney = new Intl.NumberFormat(tag, { ...style, maximumFractionDigits: 12 });
  const fineMoney = new Intl.NumberFormat(tag, {
    ...style,
    minimumFractionDigits: digits + 2,
    maximumFractionDigits: digits + 2,
  });
  const amount = new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const fine = { minimumFractionDigits: digits + 2, maximumFractionDigits: digits + 2 };
  const fineAmount = new Intl.NumberFormat(tag, fine);
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 12 });
  const short = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
  // Days and times are those of the wall, whose zone the runtime need not know.
  const wall = (at: Instant) => wallAt(timezone, at);
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const recordDay = new Intl.DateTimeFormat(tag, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const month = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const minutes = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: 'minute',
    unitDisplay: 'long',
    maximumFractionDigits: 2,
  });
  const recordTime = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const rounded = (text: string) => printed(text, digits);
  return {
    currency,
    symbol: money.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency,
    money: text => money.format(rounded(text)),
    exactMoney: text => exactMoney.format(exact(text)),
    fineMoney: text => fineMoney.format(printed(text, digits + 2)),
    difference: text => difference.format(rounded(text)),
    amount: text => amount.format(rounded(text)),
    fineAmount: text => fineAmount.format(printed(text, digits + 2)),
    number: value => number.format(typeof value === 'number' ? value : exact(value)),
    day: at => firstOfMonth(locale, day.format(wall(at))),
    span: ({ start, end }) => {
      const [first, next] = [nearestMidnight(wall(start)), nearestMidnight(wall(end))];
      return day.formatRange(first, Math.max(first, next - 1));
    },
    month: start => month.format(nearestMidnight(wall(start))),
    moment: at => firstOfMonth(locale, moment.format(wall(at))),
    recordDay: at => recordDay.format(wall(at)),
    recordTime: at => recordTime.format(wall(at)),
    units: (count, unit) => printUnits(count, unit, locale, short),
    country: code => countryName(code, locale),
    minutes: count => minutes.format(count),
  };
}

/** Of the wall. A period that begins at 02:00 or at 20:00 the day before has the same days as one from midnight on. */
function nearestMidnight(wall: number): number {
  return Math.round(wall / DAY) * DAY;
}

/** French has a word of its own for the first of a month, which `Intl` does not know. */
export function firstOfMonth(locale: Locale, day: string): string {
  return locale === 'fr' ? day.replace(/^1(?=\s)/, '1er') : day;
}

/** `Intl` reads long decimals exactly from text. */
function exact(text: string): Intl.StringNumericLiteral {
  return printDecimal(decimal(text)) as Intl.StringNumericLiteral;
}

/** Halves away from zero as on invoices, which is not `Intl`'s rounding of what a double makes of it. */
function printed(text: string, digits: number): Intl.StringNumericLiteral {
  return printDecimal(roundHalfUp(decimal(text), digits)) as Intl.StringNumericLiteral;
}

const BYTE_UNITS = [
  { prefix: 'T', size: 10 ** 12 },
  { prefix: 'G', size: 10 ** 9 },
  { prefix: 'M', size: 10 ** 6 },
  { prefix: 'K', size: 10 ** 3 },
] as const;

/** French counts octets. */
const BYTE: Readonly<Record<Locale, string>> = { en: 'B', nl: 'B', sv: 'B', fr: 'o' };
const HOUR: Readonly<Record<Locale, string>> = { en: 'h', nl: 'u', sv: 'tim', fr: 'h' };

/** A space that does not break a line between number and unit. */
const GAP = '\u00a0';

function printUnits(count: number, unit: 's' | 'B' | '1', locale: Locale, short: Intl.NumberFormat): string {
  if (unit === '1') return short.format(count);
  if (unit === 's') return printDuration(count, locale, short);
  const fitting = BYTE_UNITS.find(({ size }) => count >= size);
  if (fitting === undefined) return `${short.format(count)}${GAP}${BYTE[locale]}`;
  return `${short.format(count / fitting.size)}${GAP}${fitting.prefix}${BYTE[locale]}`;
}

function printDuration(seconds: number, locale: Locale, short: Intl.NumberFormat): string {
  const parts = [
    [Math.floor(seconds / 3600), HOUR[locale]],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0);
  return shown.length === 0
    ? `0${GAP}s`
    : shown.map(([count, name]) => `${short.format(count)}${GAP}${name}`).join(GAP);
}
