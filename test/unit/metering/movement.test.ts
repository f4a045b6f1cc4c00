import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentFor } from '#shared/metering/moment.ts';
import { idempotencyKey, nextAttempt, planMovement } from '#shared/metering/movement.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/platform/instant.ts';
import { aMovement, aPosition, NOON, NOVEMBER } from '#test/builders/movements.ts';

describe('planning a movement', () => {
  it('sends nothing when the meter has what was rated', () => {
    expect(planMovement(aPosition({ acknowledged: 7n }), 7n, NOVEMBER, NOON)).toEqual({ plan: 'nothing' });
  });

  it('sends nothing while another movement is open', () => {
    const position = aPosition({ n: 1, movement: aMovement() });

    expect(planMovement(position, 9n, NOVEMBER, NOON)).toEqual({ plan: 'nothing' });
  });

  it.each([
    ['more usage', 7n, 12n, 5n],
    ['a record that was voided', 12n, 7n, -5n],
    ['the last record voided', 3n, 0n, -3n],
    // 15 significant digits at most: the rest goes with the next movement.
    ['more than fits into an event', 0n, 1_000_000_000_000_004n, 999_999_999_999_999n],
    ['less than fits into an event', 1_000_000_000_000_004n, 0n, -999_999_999_999_999n],
  ])('sends the signed difference: %s', (_, acknowledged, target, value) => {
    const planned = planMovement(aPosition({ n: 4, acknowledged }), target, NOVEMBER, NOON);

    expect(planned).toMatchObject({ plan: 'movement', movement: { n: 5, value, attempt: 1, timestamp: NOON } });
  });

  it('counts as perhaps arrived from the plan on, because a crash may follow the send', () => {
    const planned = planMovement(aPosition(), 1n, NOVEMBER, NOON);

    expect(planned).toMatchObject({ movement: { uncertain: { attempt: 1, since: NOON } } });
  });

  it('gives another identifier to another number, value, timestamp, key, period or account', () => {
    const identifier = (position: Parameters<typeof aPosition>[0], target = 5n, now = NOON) => {
      const planned = planMovement(aPosition(position), target, NOVEMBER, now);
      if (planned.plan !== 'movement') throw new Error(planned.plan);
      return planned.movement.identifier;
    };

    const identifiers = [
      identifier({}),
      identifier({ n: 1 }),
      identifier({}, 6n),
      identifier({}, 5n, NOON + SECOND),
      identifier({ key: 'dunlin:deployment:amount-calls:SEK:1' }),
      identifier({ start: NOVEMBER.end }),
      identifier({ account: 'acc-2' }),
    ];

    expect(new Set(identifiers).size).toBe(7);
    expect(identifier({})).toBe(identifiers[0]);
    expect(Math.max(...identifiers.map(text => text.length))).toBeLessThanOrEqual(100);
  });
});

describe('the next send of a movement', () => {
  it('has the same identifier and an idempotency key of its own', () => {
    const first = aMovement();
    const second = nextAttempt(first, NOON + MINUTE);

    expect(second.identifier).toBe(first.identifier);
    expect([idempotencyKey(first), idempotencyKey(second)]).toEqual(['position:1:values:1', 'position:1:values:2']);
  });

  it('remembers the first send of unknown fate', () => {
    expect(nextAttempt(aMovement(), NOON + HOUR).uncertain).toEqual({ attempt: 1, since: NOON });
  });

  it('is itself the first of unknown fate when all before surely did not arrive', () => {
    const { uncertain: _, ...certain } = aMovement();

    expect(nextAttempt(certain, NOON + HOUR).uncertain).toEqual({ attempt: 2, since: NOON + HOUR });
  });
});

describe("a movement's timestamp", () => {
  const { start, end } = NOVEMBER;

  it.each([
    ['inside the period: now, in whole seconds', NOVEMBER, NOON + 345, NOON],
    ['in the first minute: a minute after the start', NOVEMBER, start + 10 * SECOND, start + MINUTE],
    ['in the last minute: a minute before the end', NOVEMBER, end - 10 * SECOND, end - MINUTE],
    ['after the end: a minute before the end', NOVEMBER, end + 5 * MINUTE, end - MINUTE],
    ['billing began a moment ago', { start: NOON - 500, end }, NOON, NOON + 60 * SECOND],
    ['billing begins in more than the meter looks ahead', { start: NOON + 4 * MINUTE, end }, NOON, 'later'],
    ['a period of two minutes has one moment', { start: end - 2 * MINUTE, end }, end, end - MINUTE],
    ['a shorter one has none', { start: end - 119 * SECOND, end }, end, 'none'],
    ['33 days after the end', NOVEMBER, end + 33 * DAY, end - MINUTE],
    ['34 days after the end: too old to be sent again for a day', NOVEMBER, end + 34 * DAY, 'none'],
  ])('%s', (_, billable, now, expected) => {
    expect(momentFor(billable, now)).toBe(expected);
  });

  it('is always one that the meter takes, now and a day later', () => {
    const moment = fc.integer({ min: start - 40 * DAY, max: end + 40 * DAY });
    fc.assert(
      fc.property(moment, moment, moment, (from, until, now) => {
        const chosen = momentFor({ start: from, end: until }, now);

        if (typeof chosen === 'string') return;
        expect(chosen % SECOND).toBe(0);
        expect(chosen).toBeGreaterThanOrEqual(from + MINUTE);
        expect(chosen).toBeLessThanOrEqual(until - MINUTE);
        expect(chosen).toBeLessThan(now + 5 * MINUTE);
        expect(chosen).toBeGreaterThan(now + DAY - 35 * DAY);
      }),
    );
  });
});
