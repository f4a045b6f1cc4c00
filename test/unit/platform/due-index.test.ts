import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountMinute, minuteOfText, minuteText } from '#shared/platform/account-minute.ts';
import { backOff, wakeText } from '#shared/platform/due.ts';

describe('the due index', () => {
  it('sorts moments as text as they sort in time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e12 }), (a, b) => {
        expect(wakeText(a) < wakeText(b)).toBe(a < b);
      }),
    );
  });

  it('puts a failing item off by 1, 2, 4, 8, 16, 32 minutes and then an hour at a time', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 100].map(failures => backOff(failures, 0) / 60_000);

    expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });
});

describe("an account's minute", () => {
  it('is the same for ever', () => {
    expect(accountMinute('acc-1')).toEqual(accountMinute('acc-1'));
  });

  it('spreads accounts over the day, in one partition', () => {
    const places = Array.from({ length: 5_000 }, (_, index) => accountMinute(`acc-${index}`));

    const hours = new Set(places.map(place => place.wakeAt.slice(0, 2)));
    const shards = new Set(places.map(place => place.wakeShard));

    expect(hours.size).toBe(24);
    expect([...shards]).toEqual(['minute#0']);
  });

  it.each([
    [0, '0000'],
    [454, '0734'],
    [1439, '2359'],
  ])('minute %i of the day is written %s', (minute, text) => {
    expect(minuteText(minute)).toBe(text);
    expect(minuteOfText(text)).toBe(minute);
  });
});
