import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tally } from '#shared/rating/tally.ts';

describe('A tally', () => {
  it('is exact beyond what a number holds', () => {
    // given
    const tally = new Tally();
    // when 2^52 - 1 is added five times, then 1
    for (let n = 0; n < 5; n++) tally.add(2 ** 52 - 1);
    tally.add(1);
    // then 5 × 4 503 599 627 370 495 + 1
    expect(tally.total()).toBe(22_517_998_136_852_476n);
  });

  it('is exact where each addend is the largest there may be', () => {
    const tally = new Tally();
    for (let n = 0; n < 3; n++) tally.add(2 ** 52);
    tally.add(1);
    // 3 × 4 503 599 627 370 496 + 1
    expect(tally.total()).toBe(13_510_798_882_111_489n);
  });

  it('is the sum of what was added, however large', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 52 })), fc.bigInt({ min: 0n }), (values, large) => {
        const tally = new Tally();
        for (const value of values) tally.add(value);
        tally.addLarge(large);
        expect(tally.total()).toBe(values.reduce((sum, value) => sum + BigInt(value), large));
      }),
    );
  });
});
