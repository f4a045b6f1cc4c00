import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RateCard } from '#shared/catalog/catalog-version.ts';
import { exactMicrosOf, microsOf, preparePriceCard } from '#shared/rating/price-card.ts';

function card(price: string, per: number, setup = '0'): RateCard {
  return { setup, increments: null, steps: [{ after: 0, price, per }] };
}

describe('The amount of a record, in 1/10 000 cent', () => {
  it.each([
    ['0.10', 60, '0', 61, 101_667], // 61 × 100 000 / 60 = 101 666.67
    ['0.10', 60, '0', 60, 100_000],
    ['0.10', 60, '0.05', 61, 151_667], // + 50 000
    ['0.01', 1, '0', 7, 70_000],
    ['0.000001', 2, '0', 1, 1], // 0.5 rounds up
    ['0.000001', 3, '0', 1, 0], // 0.33
    ['0.0000001', 1, '0', 14, 1], // 1.4
    ['0.0000001', 1, '0', 15, 2], // 1.5
    ['0', 60, '0.05', 10, 50_000],
  ])('at %s EUR per %i with set-up %s is, for %i units, %i', (price, per, setup, units, expected) => {
    expect(microsOf(preparePriceCard(card(price, per, setup), 'EUR'), 0, units)).toBe(expected);
  });

  it('takes the minor unit from the currency', () => {
    // 1 yen is a minor unit: 10 000 micros; 1 dinar has 1 000 fils: 10 000 000 micros
    expect(microsOf(preparePriceCard(card('1', 1), 'JPY'), 0, 1)).toBe(10_000);
    expect(microsOf(preparePriceCard(card('1', 1), 'KWD'), 0, 1)).toBe(10_000_000);
  });

  describe('with steps', () => {
    const prepared = preparePriceCard(
      {
        setup: '0.05',
        increments: null,
        steps: [
          { after: 0, price: '0.12', per: 60 },
          { after: 600, price: '0.06', per: 60 },
          { after: 1_200, price: '0', per: 60 },
        ],
      },
      'EUR',
    );

    it.each([
      [0, 600, 1_250_000], // 50 000 + 600 × 2 000
      [0, 900, 1_550_000], // + 300 × 1 000
      [0, 1_500, 1_850_000], // 50 000 + 1 200 000 + 600 000 + nothing
      [400, 700, 550_000], // covered units are the first: 50 000 + 200 × 2 000 + 100 × 1 000
      [1_200, 1_500, 50_000], // only free units are left; the set-up stays
    ])('prices units %i to %i with %i', (covered, billed, expected) => {
      expect(microsOf(prepared, covered, billed)).toBe(expected);
      expect(exactMicrosOf(prepared, covered, billed)).toBe(BigInt(expected));
    });
  });

  it('is the same in a number, as far as its bound goes, as in BigInt', () => {
    const price = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 16n }), fc.integer({ min: 0, max: 14 }));
    const units = fc.integer({ min: 1, max: 10 ** 13 });
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 10 ** 6 }), units, units, ([digits, scale], per, a, b) => {
        // given
        const text = digits.toString().padStart(scale + 1, '0');
        const decimal = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
        const prepared = preparePriceCard(card(decimal, per, '0.05'), 'EUR');
        const [covered, billed] = [Math.min(a, b) - 1, Math.max(a, b)];
        // when
        const quick = microsOf(prepared, covered, billed);
        // then
        if (quick !== undefined) expect(BigInt(quick)).toBe(exactMicrosOf(prepared, covered, billed));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is free only where every step and the set-up are', () => {
    const free = { after: 0, price: '0', per: 60 };
    const steps = [free, { after: 600, price: '0.06', per: 60 }];
    expect(preparePriceCard({ setup: '0', increments: null, steps }, 'EUR').isFree).toBe(false);
    expect(preparePriceCard({ setup: '0.05', increments: null, steps: [free] }, 'EUR').isFree).toBe(false);
    expect(preparePriceCard({ setup: '0', increments: null, steps: [free] }, 'EUR').isFree).toBe(true);
  });

  // 2 × (set-up + units × price) + denominator may come to 2^52 = 4 503 599 627 370 496.
  it.each([
    ['1', 1, '0', 2_251_799_813], // (2^52 - 1) / 2 000 000
    ['1', 1, '1000', 2_251_798_813], // (2^52 - 1 - 2 000 000 000) / 2 000 000
    ['0.000001', 999_983, '0', 2_251_799_813_185_256], // (2^52 - 999 983) / 2
  ])('at %s EUR per %i with set-up %s fits into a number for up to %i units', (price, per, setup, units) => {
    expect(preparePriceCard(card(price, per, setup), 'EUR').mostUnits).toBe(units);
  });

  it('goes by its highest price, wherever that stands, and by the priced units alone', () => {
    const steps = [
      { after: 0, price: '1', per: 1 },
      { after: 100, price: '0.5', per: 1 },
    ];
    const prepared = preparePriceCard({ setup: '0', increments: null, steps }, 'EUR');
    expect(prepared.mostUnits).toBe(2_251_799_813);
    expect(microsOf(prepared, 2_000_000_000, 2_000_000_001)).toBe(500_000);
  });

  it('has the least denominator that all its prices share', () => {
    const steps = [
      { after: 0, price: '0.000001', per: 60 },
      { after: 100, price: '0.000001', per: 40 },
    ];
    expect(preparePriceCard({ setup: '0', increments: null, steps }, 'EUR').denominator).toBe(120);
  });

  it('leaves a set-up that is too fine for a number to BigInt', () => {
    // 99 999 999 123 456.789 micros over 1000
    const prepared = preparePriceCard(card('0', 60, '99999999.123456789'), 'EUR');
    expect(microsOf(prepared, 0, 1)).toBeUndefined();
    expect(exactMicrosOf(prepared, 0, 1)).toBe(99_999_999_123_457n);
  });

  it('at the bound itself is still the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 6 }), fc.integer({ min: 1, max: 997 }), (price, per) => {
        const prepared = preparePriceCard(card(`0.${String(price).padStart(6, '0')}`, per), 'EUR');
        const units = prepared.mostUnits;
        expect(microsOf(prepared, 0, units + 1)).toBeUndefined();
        expect(BigInt(microsOf(prepared, 0, units) ?? -1)).toBe(exactMicrosOf(prepared, 0, units));
      }),
    );
  });

  it('passes the bound only where a record is worth billions', () => {
    // 1 EUR per KB: 10^13 B are 10^10 EUR = 10^16 micros
    const prepared = preparePriceCard(card('1', 1_000), 'EUR');
    expect(microsOf(prepared, 0, 10 ** 13)).toBeUndefined();
    expect(exactMicrosOf(prepared, 0, 10 ** 13)).toBe(10n ** 16n);
  });
});
