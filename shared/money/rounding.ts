import type { Decimal } from './decimal.ts';

/** Nearest whole number, halves away from zero: 0.5 → 1, -0.5 → -1. `denominator` must be positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('The denominator must be positive.');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
}

/** Next whole number upwards, for numbers that are not negative. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n || numerator < 0n) throw new RangeError('divideUp takes a non-negative and a positive number.');
  return (numerator + denominator - 1n) / denominator;
}

export function roundHalfUp(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return value;
  return { digits: divideHalfUp(value.digits, 10n ** BigInt(value.scale - scale)), scale };
}
