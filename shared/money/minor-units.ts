import { minorDigits } from './currency.ts';
import { printDecimal } from './decimal.ts';

/** Whole minor units as a plain decimal in major units: 1250 in EUR is `12.50`. */
export function majorOf(minor: bigint, currency: string): string {
  const scale = minorDigits(currency);
  return printDecimal({ digits: minor, scale }, scale);
}
