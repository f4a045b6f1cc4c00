import { describe, expect, it } from 'vitest';
import { isCurrency, minorDigits, wrongWithCurrency } from '#shared/money/currency.ts';

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

/** ISO 4217 amendments 176 and 180: the Caribbean guilder, the lev; list three for those before. */
describe('Currencies that are withdrawn', () => {
  it.each([
    ['BGN', '"BGN" was withdrawn on 2026-01-01; its successor is EUR'],
    ['ANG', '"ANG" was withdrawn on 2025-03-31; its successor is XCG'],
    ['HRK', '"HRK" was withdrawn on 2023-01-01; its successor is EUR'],
    // CLDR 48.2: legal tender until 2023-12-31; list three: 2023-12.
    ['SLL', '"SLL" was withdrawn on 2024-01-01; its successor is SLE'],
    ['VEF', '"VEF" was withdrawn on 2018-08-20; its successor is VES, which Stripe does not charge'],
    ['XXX', '"XXX" is not a currency that Stripe charges'],
  ])('of %s it is told: %s', (code, told) => {
    expect(isCurrency(code)).toBe(false);
    expect(wrongWithCurrency(code)).toBe(told);
  });

  it.each(['EUR', 'XCG', 'SLE', 'BYN'])('%s is sold in', code => {
    expect(wrongWithCurrency(code)).toBeUndefined();
  });

  it('can still be read on what was billed in them', () => {
    expect(minorDigits('BGN')).toBe(2);
    expect(minorDigits('ANG')).toBe(2);
  });
});
