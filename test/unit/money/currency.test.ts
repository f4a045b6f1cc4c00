import { describe, expect, it } from 'vitest';
import { isCurrency, minorDigits } from '#shared/money/currency.ts';

/** https://docs.stripe.com/currencies: "Zero-decimal currencies", "Three-decimal currencies", "Special cases". */
describe('Minor units as Stripe counts them', () => {
  it.each([
    ['EUR', 2],
    ['SEK', 2],
    ['CHF', 2],
    ['NOK', 2],
    ['ZAR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['TND', 3],
    ['ISK', 2], // ISO 4217 says 0
    ['UGX', 2], // ISO 4217 says 0
    ['HUF', 2], // Intl says 0
    ['TWD', 2], // Intl says 0
  ])('%s has %i decimals', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });

  it('refuses what Stripe does not charge', () => {
    expect(isCurrency('XXX')).toBe(false);
    expect(isCurrency('eur')).toBe(false);
    expect(() => minorDigits('XXX')).toThrow(new RangeError('Unknown currency XXX'));
  });
});
