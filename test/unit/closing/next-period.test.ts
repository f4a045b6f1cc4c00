import { describe, expect, it } from 'vitest';
import { nextPeriod } from '#shared/closing/next-period.ts';
import { at } from '#test/builders/rating.ts';

const anchor = { day: 10, hour: 6 };
const ended = { end: at('2026-11-10T06:00:00Z') };

describe('the period behind one that ended', () => {
  it('is the one that the subscription has begun', () => {
    const current = { start: at('2026-11-10T06:00:00Z'), end: at('2026-12-10T06:00:00Z') };

    expect(nextPeriod(ended, current, anchor)).toEqual({ ...current, billedFrom: current.start });
  });

  it('ends where the subscription says, should that not be the regular boundary', () => {
    const current = { start: at('2026-11-10T06:00:00Z'), end: at('2026-11-25T00:00:00Z') };

    expect(nextPeriod(ended, current, anchor)).toMatchObject({ end: at('2026-11-25T00:00:00Z') });
  });

  it('is billed from where the last one ended, when that lies inside it', () => {
    const current = { start: at('2026-11-12T00:00:00Z'), end: at('2026-12-10T06:00:00Z') };

    expect(nextPeriod({ end: at('2026-11-12T00:00:00Z') }, current, anchor)).toEqual({
      start: at('2026-11-10T06:00:00Z'),
      end: at('2026-12-10T06:00:00Z'),
      billedFrom: at('2026-11-12T00:00:00Z'),
    });
  });

  it('is the regular one first, when the subscription is months ahead', () => {
    const current = { start: at('2027-02-10T06:00:00Z'), end: at('2027-03-10T06:00:00Z') };

    expect(nextPeriod(ended, current, anchor)).toEqual({
      start: at('2026-11-10T06:00:00Z'),
      end: at('2026-12-10T06:00:00Z'),
      billedFrom: at('2026-11-10T06:00:00Z'),
    });
  });
});
