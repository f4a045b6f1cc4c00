import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorByRule, periodAt } from '#infra/stripe-twin/billing/calendar.ts';
import { parseFixed, printFixed, roundedRatio } from '#infra/stripe-twin/billing/fixed.ts';
import { unix } from './use-twin.ts';

const moment = fc.integer({ min: unix('2020-01-01T00:00:00Z'), max: unix('2040-01-01T00:00:00Z') });
const cycle = fc.record({
  interval: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
  interval_count: fc.integer({ min: 1, max: 3 }),
});

describe('billing periods', () => {
  it('hold their moment and follow each other without a gap', () => {
    fc.assert(
      fc.property(moment, cycle, moment, (anchor, rhythm, at) => {
        const period = periodAt({ at: anchor }, rhythm, at);
        const next = periodAt({ at: anchor }, rhythm, period.end);

        expect(period.start).toBeLessThanOrEqual(at);
        expect(at).toBeLessThan(period.end);
        expect(next.start).toBe(period.end);
      }),
    );
  });

  it.each([
    ['2024-01-31T10:00:00Z', '2024-02-15T00:00:00Z', '2024-01-31T10:00:00Z', '2024-02-29T10:00:00Z'],
    ['2024-01-31T10:00:00Z', '2026-02-28T10:00:00Z', '2026-02-28T10:00:00Z', '2026-03-31T10:00:00Z'],
    ['2026-11-15T00:00:00Z', '2026-11-14T23:59:59Z', '2026-10-15T00:00:00Z', '2026-11-15T00:00:00Z'],
  ])('anchored at %s have %s in %s to %s', (anchor, at, start, end) => {
    const period = periodAt({ at: unix(anchor) }, { interval: 'month', interval_count: 1 }, unix(at));

    expect(period).toEqual({ start: unix(start), end: unix(end) });
  });

  it('keep the day of a rule that the first month was too short for', () => {
    const rule = { day_of_month: 31, hour: 0, minute: 0, month: null, second: 0 };

    const anchor = anchorByRule(rule, unix('2026-11-02T00:00:00Z'));
    const next = periodAt({ at: anchor, dayOfMonth: 31 }, { interval: 'month', interval_count: 1 }, anchor);

    expect(anchor).toBe(unix('2026-11-30T00:00:00Z'));
    expect(next.end).toBe(unix('2026-12-31T00:00:00Z'));
  });
});

describe('exact decimals', () => {
  it('print what they were read from', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), value => parseFixed(printFixed(value)) === value),
    );
  });

  it.each(['', '-', '.5', '1.', '1e3', '0.1234567890123', ' 1', '٣'])('are not read from %j', text => {
    expect(parseFixed(text)).toBeUndefined();
  });

  it.each([
    [5n, 10n, 1],
    [-5n, 10n, -1],
    [49n, 100n, 0],
    [-149n, 100n, -1],
    [150n, 100n, 2],
  ])('round %d / %d to %d: halves away from zero', (numerator, denominator, rounded) => {
    expect(roundedRatio(numerator, denominator)).toBe(rounded);
  });
});
