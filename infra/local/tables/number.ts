import { invalid } from './failure.ts';

const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
const NUMBER = /^[+-]?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const MOST_DIGITS = 38;
const HIGHEST_EXPONENT = 125;
const LOWEST_EXPONENT = -130;

/** `digits` × 10^`exponent`, without trailing zeros. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** A number as DynamoDB gives it back: `1.50` is `1.5`, `1e3` is `1000`. @throws a refusal when it is not a number, or out of range */
export function plainNumber(text: string): string {
  return SHORT_INTEGER.test(text) ? text : print(parse(text));
}

export function compareNumbers(a: string, b: string): number {
  if (SHORT_INTEGER.test(a) && SHORT_INTEGER.test(b)) return Number(a) - Number(b);
  const [left, right] = aligned(parse(a), parse(b));
  return left < right ? -1 : left > right ? 1 : 0;
}

export function addNumbers(a: string, b: string, sign: 1 | -1 = 1): string {
  if (SHORT_INTEGER.test(a) && SHORT_INTEGER.test(b)) return plainNumber(String(Number(a) + sign * Number(b)));
  const [left, right, exponent] = aligned(parse(a), parse(b));
  return print(normal(sign === 1 ? left + right : left - right, exponent));
}

/** How many significant digits the text of a plain number has. */
export function significantDigits(text: string): number {
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.max(1, digits.length);
}

function parse(text: string): Decimal {
  const [matched, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (matched === undefined || whole + fraction === '') {
    throw invalid(`The parameter cannot be converted to a numeric value: ${text}`);
  }
  const digits = BigInt(whole + fraction) * (text.startsWith('-') ? -1n : 1n);
  const number = normal(digits, Number(exponent) - fraction.length);
  checkRange(number);
  return number;
}

function checkRange({ digits, exponent }: Decimal): void {
  const count = String(digits < 0n ? -digits : digits).length;
  if (count > MOST_DIGITS) throw invalid('Attempting to store more than 38 significant digits in a Number');
  const magnitude = exponent + count - 1;
  if (magnitude > HIGHEST_EXPONENT) {
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (digits !== 0n && magnitude < LOWEST_EXPONENT) {
    throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
}

function normal(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits, exponent: 0 };
  const text = String(digits);
  const kept = text.replace(/0+$/, '');
  return { digits: BigInt(kept), exponent: exponent + text.length - kept.length };
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (number: Decimal) => number.digits * 10n ** BigInt(number.exponent - exponent);
  return [scaled(a), scaled(b), exponent];
}

function print(number: Decimal): string {
  checkRange(number);
  const { digits, exponent } = number;
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits);
  if (exponent >= 0) return sign + text + '0'.repeat(exponent);
  const padded = text.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
