import { describe, expect, it } from 'vitest';
import { unitPrice } from '#infra/stripe-twin/billing/wording.ts';
import { money } from '#infra/stripe-twin/pages/money.ts';

/** https://docs.stripe.com/currencies: HUF, ISK, UGX, COP and IDR are charged with two decimals, JPY with none, KWD with three. */
describe('Amounts in the words of the Stripe twin', () => {
  it.each([
    ['huf', 319_000, 'HUF 3,190.00'],
    ['isk', 319_000, 'ISK 3,190.00'],
    ['ugx', 319_000, 'UGX 3,190.00'],
    ['cop', 319_000, 'COP 3,190.00'],
    ['idr', 319_000, 'IDR 3,190.00'],
    ['jpy', 3_190, 'JPY 3,190'],
    ['kwd', 3_190, 'KWD 3.190'],
    ['sek', 15_900, 'SEK 159.00'],
  ])('%s %i is %s', (currency, amount, printed) => {
    expect(money(amount, currency)).toBe(printed);
  });

  it.each([
    ['huf', '319000', 'HUF\u00a03,190.00 / month'],
    ['isk', '319000', 'ISK\u00a03,190.00 / month'],
    ['eur', '1590', '€15.90 / month'],
    ['eur', '0.05', '€0.0005 / month'],
    ['jpy', '500', '¥500 / month'],
  ])('a price of %s %s is %s', (currency, unit_amount_decimal, printed) => {
    expect(unitPrice({ currency, unit_amount_decimal, recurring: null })).toBe(printed);
  });
});
