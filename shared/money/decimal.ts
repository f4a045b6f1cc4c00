/** An exact decimal number: digits / 10^scale. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };

const PLAIN_DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** Reads `12.50`, `-3`, `0.0001`; `undefined` for anything else, also `015`, `1e3`, `.5`, `1,000`. */
export function parseDecimal(text: string): Decimal | undefined {
  if (!PLAIN_DECIMAL.test(text)) return undefined;
  const point = text.indexOf('.');
  if (point === -1) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** Like `parseDecimal`, for text that has been checked before; raises RangeError otherwise. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (parsed === undefined) throw new RangeError(`Not a plain decimal number: ${text}`);
  return parsed;
}

/** Exact; at least `minimumScale` decimals, no needless zeros beyond them. */
export function printDecimal(value: Decimal, minimumScale = 0): string {
  const { digits, scale } = trim(value, minimumScale);
  const padded = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const sign = digits < 0n ? '-' : '';
  if (scale === 0) return sign + padded;
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** Same value with at least `minimumScale` decimals and no needless zeros beyond them. */
export function trim(value: Decimal, minimumScale = 0): Decimal {
  let { digits, scale } = value;
  if (scale < minimumScale) return { digits: digits * 10n ** BigInt(minimumScale - scale), scale: minimumScale };
  while (scale > minimumScale && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return { digits, scale };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: digitsAt(a, scale) + digitsAt(b, scale), scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { digits: -b.digits, scale: b.scale });
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

export function times(a: Decimal, factor: bigint): Decimal {
  return { digits: a.digits * factor, scale: a.scale };
}

/** Moves the decimal point: value × 10^places; `places` may be negative. */
export function shift(value: Decimal, places: number): Decimal {
  const scale = value.scale - places;
  return scale >= 0 ? { digits: value.digits, scale } : { digits: value.digits * 10n ** BigInt(-scale), scale: 0 };
}

/** value / divisor where the result is a finite decimal; `undefined` where it is not (1/3). */
export function divideExactly(value: Decimal, divisor: bigint): Decimal | undefined {
  if (divisor <= 0n) throw new RangeError('The divisor must be positive.');
  const common = greatestCommonDivisor(value.digits < 0n ? -value.digits : value.digits, divisor);
  let rest = divisor / common;
  let digits = value.digits / common;
  let scale = value.scale;
  // A fraction in lowest terms is a finite decimal exactly when its denominator is 2^n × 5^m.
  for (const [prime, cofactor] of [
    [2n, 5n],
    [5n, 2n],
    [10n, 1n],
  ] as const) {
    while (rest % prime === 0n) {
      rest /= prime;
      digits *= cofactor;
      scale += 1;
    }
  }
  return rest === 1n ? trim({ digits, scale }) : undefined;
}

/** -1, 0 or 1. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const left = digitsAt(a, scale);
  const right = digitsAt(b, scale);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function isZero(value: Decimal): boolean {
  return value.digits === 0n;
}

/** Prices have at most 8 digits before the point, so that one of them in micros (at most 10^15) stays exact in a number. */
export function isTooLarge(value: Decimal): boolean {
  return compare(value, { digits: 10n ** 8n, scale: 0 }) >= 0;
}

/** The digits at a scale that is at least the value's own. */
function digitsAt(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
