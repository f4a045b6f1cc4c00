import { describe, expect, it } from 'vitest';
import { aloneIfLarge } from '#shared/rating/alone-if-large.ts';
import { PeriodTooLarge } from '#shared/rating/period-too-large.ts';

/** A period of so many records; how many are worked on at once is noted. */
function periods() {
  const seen = { large: 0, most: 0 };
  const rate = (records: number) => async (mostRecords: number) => {
    if (records > mostRecords) throw new PeriodTooLarge(mostRecords);
    if (records <= 100_000) return records;
    seen.large += 1;
    seen.most = Math.max(seen.most, seen.large);
    await new Promise(resolve => setImmediate(resolve));
    seen.large -= 1;
    return records;
  };
  return { seen, rate };
}

describe('periods that are rated by one function', () => {
  it('come one after the other where they are large', async () => {
    const { seen, rate } = periods();
    const sizes = [100_001, 300_000, 5, 700_000];

    const rated = await Promise.all(sizes.map(records => aloneIfLarge(1_000_000, rate(records))));

    expect(rated).toEqual(sizes);
    expect(seen.most).toBe(1);
  });

  it('are refused beyond the limit, also one below 100 000, and the next one is not held up by it', async () => {
    const { rate } = periods();

    await expect(aloneIfLarge(1_000_000, rate(1_000_001))).rejects.toMatchObject({
      code: 'period-too-large',
      facts: { most: '1000000' },
    });
    await expect(aloneIfLarge(50, rate(51))).rejects.toMatchObject({ facts: { most: '50' } });
    expect(await aloneIfLarge(undefined, rate(2_000_000))).toBe(2_000_000);
  });
});
