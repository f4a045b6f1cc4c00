import { TIME_TOKENS, type TimeToken } from '#shared/catalog/usage-source.ts';

/** What a stamp's text says: the fields of a clock, and which clock where the text tells. */
export interface Stamp {
  /** Milliseconds since 1970-01-01T00:00:00 on that clock. */
  readonly wall: number;
  /** Minutes ahead of UTC. */
  readonly offset?: number;
  /** `CEST` */
  readonly letters?: string;
}

export type StampReader = (text: string) => Stamp | undefined;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The group of each token of a pattern. */
const GROUPS: Readonly<Record<TimeToken, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<shortYear>\\d{2})',
  MMM: '(?<monthName>[A-Za-z]{3})[A-Za-z]*\\.?',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{2})',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  S: '(?<fraction>\\d{1,9})',
  A: '(?<half>[AaPp])\\.?[Mm]\\.?',
  Z: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
  z: '(?<letters>[A-Za-z]{1,5})',
  W: '[A-Za-z]{2,9}\\.?,?',
};

/** Year first, as most programs write: with a `T` or a blank, with or without an offset. */
const AUTO =
  /^(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})[T ]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9})\d*)?)?\s*(?<offset>Z|z|[+-]\d{2}(?::?\d{2})?)?(?:\s*(?<letters>[A-Za-z]{1,5}))?$/;

/** `Fri, 18 Oct 2019 17:02:00 +0000`; the weekday and the seconds may be missing. */
const RFC_2822 =
  /^(?:[A-Za-z]{3},\s*)?(?<day>\d{1,2})\s+(?<monthName>[A-Za-z]{3})\s+(?<year>\d{4})\s+(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s+(?:(?<offset>[+-]\d{4})|(?<letters>[A-Za-z]{1,5}))$/;

const EPOCHS: Readonly<Record<string, number>> = { 'epoch-s': 1e3, 'epoch-ms': 1, 'epoch-us': 1e-3 };
const FIRST_EPOCH = Date.UTC(2000, 0, 1);
const LAST_EPOCH = Date.UTC(2100, 0, 1);

/** How stamps of a format are read: `auto`, `epoch-s`, `epoch-ms`, `epoch-us`, `rfc-2822`, or a pattern of tokens. */
export function stampReader(format: string): StampReader {
  const factor = EPOCHS[format];
  if (factor !== undefined) return text => epochStamp(text, factor);
  if (format === 'auto') return text => readBy(AUTO, text);
  if (format === 'rfc-2822') return text => readBy(RFC_2822, text);
  const pattern = patternOf(format);
  return text => readBy(pattern, text);
}

function patternOf(format: string): RegExp {
  let source = '';
  for (let at = 0; at < format.length; ) {
    const token = TIME_TOKENS.find(name => format.startsWith(name, at));
    if (token !== undefined) {
      source += GROUPS[token];
      at += token.length;
      continue;
    }
    const literal = format[at] ?? '';
    // As many blanks as the program pads with.
    source += literal === ' ' ? '\\s+' : literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    at += 1;
  }
  return new RegExp(`^${source}$`);
}

/** Years outside of these are another unit: milliseconds read as seconds are the year 58 000. */
function epochStamp(text: string, factor: number): Stamp | undefined {
  if (!/^\d{1,17}(\.\d{1,9})?$/.test(text)) return undefined;
  const wall = Math.floor(Number(text) * factor + 1e-6);
  return wall >= FIRST_EPOCH && wall < LAST_EPOCH ? { wall, offset: 0 } : undefined;
}

function readBy(pattern: RegExp, text: string): Stamp | undefined {
  const found = pattern.exec(text)?.groups;
  if (found === undefined) return undefined;
  const wall = wallOf(found);
  if (wall === undefined) return undefined;
  const { offset, letters } = found;
  if (offset !== undefined) return { wall, offset: minutesOf(offset) };
  return letters === undefined ? { wall } : { wall, letters };
}

type Groups = Readonly<Record<string, string | undefined>>;

function wallOf(found: Groups): number | undefined {
  const year = found.year === undefined ? 2000 + Number(found.shortYear) : Number(found.year);
  const month = found.monthName === undefined ? Number(found.month) - 1 : monthOf(found.monthName);
  const day = Number(found.day);
  const hour = hourOf(found);
  const minute = Number(found.minute ?? 0);
  const second = Number(found.second ?? 0);
  const isDate = month >= 0 && month < 12 && day >= 1 && day <= daysIn(year, month);
  if (!isDate || hour === undefined || minute > 59 || second > 59 || year < 1970) return undefined;
  const milliseconds = Math.floor(Number(`0.${found.fraction ?? 0}`) * 1_000 + 1e-6);
  return Date.UTC(year, month, day, hour, minute, second) + milliseconds;
}

function hourOf({ hour, half }: Groups): number | undefined {
  const number = Number(hour ?? 0);
  if (half === undefined) return number < 24 ? number : undefined;
  if (number < 1 || number > 12) return undefined;
  return (number % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name.toLowerCase());
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

function minutesOf(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
