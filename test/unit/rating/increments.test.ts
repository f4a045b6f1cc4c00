import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billedUnits } from '#shared/rating/increments.ts';

describe('Billed units', () => {
  /**
   * 30/1 is the ceiling of Regulation (EU) 2022/612, article 8 and 10 for roaming calls (initial period of at most 30 s, then
   * by the second); 6/6 and 60/60 are customary between carriers.
   */
  it.each([
    [0, 60, 1, 0],
    [5, 60, 1, 60],
    [60, 60, 1, 60],
    [61, 60, 1, 61],
    [61, 60, 60, 120],
    [120, 60, 60, 120],
    [121, 60, 60, 180],
    [1, 30, 1, 30],
    [31, 30, 1, 31],
    [7, 6, 6, 12], // 6 + one more 6
    [65, 30, 6, 66], // 30 + 6 × 6 = 66 covers 65
    [1, 1, 1, 1],
    [10_001, 10_000, 10_000, 20_000], // data by 10 KB
  ])('of %i units at %i/%i are %i', (units, first, next, expected) => {
    expect(billedUnits(units, { first, next })).toBe(expected);
  });

  it('cover the record with less than one increment too much', () => {
    const increment = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 13 }), increment, increment, (units, first, next) => {
        const billed = billedUnits(units, { first, next });
        expect(billed).toBeGreaterThanOrEqual(Math.max(units, first));
        expect((billed - first) % next).toBe(0);
        expect(billed === first || billed - next < units).toBe(true);
      }),
    );
  });
});
