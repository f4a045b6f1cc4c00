import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regularPeriod, spreadBillingDay } from '#shared/accounts/billing-day.ts';
import { DAY } from '#shared/platform/instant.ts';

const at = Date.parse;

describe('the regular period of an account', () => {
  it.each([
    { day: 1, hour: 0, instant: '2026-11-15T12:00:00Z', start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
    { day: 1, hour: 0, instant: '2026-11-01T00:00:00Z', start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
    {
      day: 1,
      hour: 0,
      instant: '2026-10-31T23:59:59.999Z',
      start: '2026-10-01T00:00:00Z',
      end: '2026-11-01T00:00:00Z',
    },
    { day: 15, hour: 0, instant: '2026-01-14T00:00:00Z', start: '2025-12-15T00:00:00Z', end: '2026-01-15T00:00:00Z' },
    { day: 28, hour: 0, instant: '2026-12-31T00:00:00Z', start: '2026-12-28T00:00:00Z', end: '2027-01-28T00:00:00Z' },
    { day: 10, hour: 4, instant: '2026-11-10T03:59:59Z', start: '2026-10-10T04:00:00Z', end: '2026-11-10T04:00:00Z' },
    { day: 10, hour: 4, instant: '2026-11-10T04:00:00Z', start: '2026-11-10T04:00:00Z', end: '2026-12-10T04:00:00Z' },
  ])('of day $day, hour $hour at $instant begins $start', ({ day, hour, instant, start, end }) => {
    expect(regularPeriod(at(instant), { day, hour })).toEqual({ start: at(start), end: at(end) });
  });

  it('holds the instant, and the next one begins where it ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 0, max: 23 }),
        (instant, day, hour) => {
          const period = regularPeriod(instant, { day, hour });
          const next = regularPeriod(period.end, { day, hour });
          expect(period.start <= instant && instant < period.end).toBe(true);
          expect(next.start).toBe(period.end);
          expect((period.end - period.start) / DAY).toBeGreaterThanOrEqual(28);
        },
      ),
    );
  });
});

describe('a billing day that nobody asked for', () => {
  it('is one that every month has, is always the same for an account, and is spread over all', () => {
    const days = Array.from({ length: 2_000 }, (_, n) => spreadBillingDay(`account-${n}`));

    expect(spreadBillingDay('account-7')).toBe(days[7]);
    expect(new Set(days)).toEqual(new Set(Array.from({ length: 28 }, (_, n) => n + 1)));
  });
});
