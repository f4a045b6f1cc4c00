import { COLUMN_UNITS, type QuantityCase } from '#shared/catalog/usage-source.ts';
import { add, type Decimal, decimal, multiply, parseDecimal, trim, ZERO } from '#shared/money/decimal.ts';
import { momentReader, type ReadMoment, type Wrong } from './read-moment.ts';
import { type Holds, holdsWhen, type PlaceOf, type Values } from './row-test.ts';

/** Whole base units, `undefined` where the row has none, or what is wrong. */
export type ReadQuantity = number | undefined | Wrong;

interface Case {
  readonly holds: Holds | undefined;
  readonly source: QuantityCase;
  readonly parts: readonly { readonly low: number; readonly high: number | undefined }[];
  readonly factor: Decimal | undefined;
  readonly between: ((values: Values) => readonly [ReadMoment, ReadMoment]) | undefined;
}

const WORD = decimal('4294967296');
/** Clocks of switches print whole seconds, so that end minus start is a second more or less. */
const TOLERANCE = 1;

/** Reads the first case that fits and has a value. */
export function quantityReader(
  cases: readonly QuantityCase[],
  placeOf: PlaceOf,
  zone: string | undefined,
): (values: Values) => ReadQuantity {
  const prepared = cases.map(source => prepare(source, placeOf, zone));
  return values => {
    for (const one of prepared) {
      if (one.holds !== undefined && !one.holds(values)) continue;
      const quantity = quantityOf(values, one);
      if (quantity !== undefined) return quantity;
    }
    return undefined;
  };
}

function prepare(source: QuantityCase, placeOf: PlaceOf, zone: string | undefined): Case {
  const factor = COLUMN_UNITS[source.unit ?? 's'];
  const from = source.between && momentReader(source.between.from, placeOf, zone);
  const to = source.between && momentReader(source.between.to, placeOf, zone);
  return {
    holds: holdsWhen(source.when, placeOf),
    source,
    parts: source.add.map(({ column, high }) => ({
      low: placeOf(column),
      high: high === undefined ? undefined : placeOf(high),
    })),
    factor: factor === '1' ? undefined : decimal(factor),
    between: from && to && (values => [from(values), to(values)]),
  };
}

function quantityOf(values: Values, one: Case): ReadQuantity {
  const { source, parts, between } = one;
  if (source.value !== undefined) return source.value;
  const [only] = parts;
  const simple = parts.length === 1 && only?.high === undefined && one.factor === undefined && between === undefined;
  if (simple && only !== undefined) {
    const text = values[only.low];
    if (text === undefined) return undefined;
    if (isPlainInteger(text)) return Number(text);
  }
  const total = sumOf(values, one);
  if (isWrong(total)) return total;
  if (between === undefined) return total === undefined ? undefined : whole(total, source);
  const elapsed = elapsedSeconds(between(values), source.tolerance ?? TOLERANCE);
  if (isWrong(elapsed) || total === undefined || elapsed === undefined) {
    return isWrong(elapsed) || total === undefined ? rounded(elapsed, source) : whole(total, source);
  }
  const stated = whole(total, source);
  if (isWrong(stated) || Math.abs(stated - elapsed) <= (source.tolerance ?? TOLERANCE)) return stated;
  return {
    code: 'quantities-disagree',
    message: `The column says ${stated} s, from start to end it is ${elapsed} s`,
  };
}

function rounded(elapsed: number | undefined | Wrong, source: QuantityCase): ReadQuantity {
  return typeof elapsed === 'number' ? whole(decimal(elapsed.toFixed(3)), source) : elapsed;
}

/** An end a little before its start is a clock that was set, and lasts nothing. */
function elapsedSeconds([from, to]: readonly [ReadMoment, ReadMoment], tolerance: number): ReadQuantity {
  if (isWrong(from)) return from;
  if (isWrong(to)) return to;
  if (from === undefined || to === undefined) return undefined;
  const seconds = (to - from) / 1_000;
  if (seconds >= 0) return seconds;
  if (-seconds <= tolerance) return 0;
  return { code: 'ends-before-start', message: `The end is ${-seconds} s before the start` };
}

function sumOf(values: Values, { parts, source, factor }: Case): Decimal | undefined | Wrong {
  let sum: Decimal | undefined;
  for (const { low, high } of parts) {
    const read = readNumberText(values[low], source);
    const words = high === undefined ? undefined : readNumberText(values[high], source);
    if (isWrong(read)) return read;
    if (isWrong(words)) return words;
    if (read !== undefined) sum = add(sum ?? ZERO, read);
    if (words !== undefined) sum = add(sum ?? ZERO, multiply(words, WORD));
  }
  return sum === undefined || factor === undefined ? sum : multiply(sum, factor);
}

function readNumberText(text: string | undefined, { unit }: QuantityCase): Decimal | undefined | Wrong {
  if (text === undefined) return undefined;
  if (unit === 'clock') return clock(text) ?? notANumber(text, 'a time such as 1:02:03');
  return parseDecimal(text.replace(/^\+?(-?)0+(?=\d)/, '$1')) ?? notANumber(text, 'a number');
}

/** `mm:ss` or `h:mm:ss`, with or without a fraction. */
function clock(text: string): Decimal | undefined {
  const [, hours = '0', minutes, seconds] = /^(?:(\d{1,4}):)?(\d{1,4}):(\d{2}(?:\.\d{1,9})?)$/.exec(text) ?? [];
  if (minutes === undefined || seconds === undefined) return undefined;
  if (Number(seconds) >= 60 || (text.split(':').length === 3 && Number(minutes) >= 60)) return undefined;
  const wholeSeconds = Number(hours) * 3_600 + Number(minutes) * 60;
  return add(decimal(String(wholeSeconds)), decimal(seconds.replace(/^0(?=\d)/, '')));
}

/** Half goes up. Nobody but the operator says how a fraction is rounded. */
function whole(value: Decimal, { round }: QuantityCase): number | Wrong {
  const { digits, scale } = trim(value);
  if (digits < 0n) return { code: 'negative', message: 'It is below 0' };
  if (scale === 0) return Number(digits);
  const one = 10n ** BigInt(scale);
  if (round === 'down') return Number(digits / one);
  if (round === 'up') return Number((digits + one - 1n) / one);
  if (round === 'half') return Number((2n * digits + one) / (2n * one));
  return {
    code: 'not-an-integer',
    message: 'It is not a whole number, and the mapping does not say round: up, down or half',
  };
}

function isPlainInteger(text: string): boolean {
  return text.length < 16 && /^\d+$/.test(text);
}

function notANumber(text: string, expected: string): Wrong {
  return { code: 'wrong-quantity', message: `"${text.slice(0, 40)}" is not ${expected}` };
}

function isWrong(value: unknown): value is Wrong {
  return typeof value === 'object' && value !== null && 'code' in value;
}
