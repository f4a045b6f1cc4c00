import { minorDigits } from '#shared/money/currency.ts';
import { printDecimal } from '#shared/money/decimal.ts';

/** Stripe's integer of minor units as a decimal of major ones: `1250`, `eur` → `12.50`. */
export function fromMinor(amount: number, currency: string): string {
  const scale = minorDigits(currency.toUpperCase());
  return printDecimal({ digits: BigInt(amount), scale }, scale);
}
