import { knownMinorDigits } from '#shared/money/currency.ts';

/**
 * Decimals as Stripe counts them, which `Intl` does not: HUF, ISK, UGX, COP and IDR have two here and none there. For a
 * code that is in no list, two.
 */
export function minorDigitsOf(currency: string): number {
  return knownMinorDigits(currency.toUpperCase()) ?? 2;
}
