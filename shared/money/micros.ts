import { minorDigits } from './currency.ts';
import { type Decimal, shift } from './decimal.ts';

/**
 * Amounts of single records are whole micros: 1/10 000 of the currency's minor unit, the price of one unit of an
 * `amount` meter (contract section 5, rule 5).
 */
export const MICRO_DIGITS = 4;

/** Major units → micros, exact (may keep decimals below one micro). */
export function toMicros(major: Decimal, currency: string): Decimal {
  return shift(major, minorDigits(currency) + MICRO_DIGITS);
}

/** Micros → major units, exact. */
export function fromMicros(micros: bigint, currency: string): Decimal {
  return { digits: micros, scale: minorDigits(currency) + MICRO_DIGITS };
}
