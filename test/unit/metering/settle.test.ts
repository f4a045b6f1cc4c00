import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '#shared/metering/meter.ts';
import { nextStep, settle, settleByReading } from '#shared/metering/settle.ts';
import { HOUR, MINUTE } from '#shared/platform/instant.ts';
import { aMovement, NOON, NOVEMBER } from '#test/builders/movements.ts';

const notArrived: SendOutcome = { outcome: 'not-arrived', reason: 'stripe-busy' };
const unknown: SendOutcome = { outcome: 'unknown', reason: 'UpstreamUnknown' };
const refused: SendOutcome = { outcome: 'refused', reason: 'meter-inactive' };
const doubted = { attempt: 1, since: NOON };

describe('settling a movement after a send', () => {
  it('is done when it arrived', () => {
    expect(settle(aMovement(), { outcome: 'arrived' }, NOVEMBER.end, NOON)).toEqual({ settlement: 'arrived' });
  });

  it.each([
    ['surely not arrived, the first send', 1, notArrived, undefined],
    ['surely not arrived, after a send of unknown fate', 2, notArrived, doubted],
    ['no answer, the first send', 1, unknown, doubted],
    ['no answer, after a send of unknown fate', 2, unknown, doubted],
  ])('%s: what is not known stays so', (_, attempt, answer, uncertain) => {
    const settlement = settle(aMovement({ attempt }), answer, NOVEMBER.end, NOON);

    expect(settlement).toMatchObject({ settlement: 'again', at: NOON + MINUTE, movement: { attempt, failures: 1 } });
    expect('movement' in settlement && settlement.movement.uncertain).toEqual(uncertain);
  });

  it('waits longer after each failure', () => {
    const settlement = settle(aMovement({ failures: 3 }), notArrived, NOVEMBER.end, NOON);

    expect(settlement).toMatchObject({ at: NOON + 8 * MINUTE, movement: { failures: 4 } });
  });

  it.each([
    ['an hour of waiting ends with the period', -20, 0],
    ['but not within the minute', -0.5, 0.5],
    ['while the invoice is a draft, every five minutes', 30, 35],
    ['two hours later every hour', 120, 180],
  ])('%s', (_, minutesFromEnd, expected) => {
    const { end } = NOVEMBER;

    const settlement = settle(aMovement({ failures: 9 }), notArrived, end, end + minutesFromEnd * MINUTE);

    expect(settlement).toMatchObject({ at: end + expected * MINUTE });
  });

  it.each([
    ['the first send was refused', 1, undefined],
    ['an earlier one may have arrived', 2, doubted],
  ])('is stuck when refused for good: %s', (_, attempt, uncertain) => {
    const settlement = settle(aMovement({ attempt }), refused, NOVEMBER.end, NOON);

    expect(settlement).toMatchObject({ settlement: 'stuck', reason: 'meter-inactive' });
    expect('movement' in settlement && settlement.movement.uncertain).toEqual(uncertain);
  });
});

describe('a movement that has not settled', () => {
  it.each([
    ['at once', 0, 'send'],
    ['after 23 hours', 23, 'send'],
    // Half an hour of reserve.
    ['after 23 and a half', 23.5, 'read'],
    ['after two days', 48, 'read'],
  ])('%s', (_, hours, step) => {
    expect(nextStep(aMovement(), NOON + hours * HOUR)).toBe(step);
  });

  it('is simply sent however long it took, when nothing can have arrived', () => {
    const { uncertain: _, ...certain } = aMovement();

    expect(nextStep(certain, NOON + 72 * HOUR)).toBe('send');
  });
});

describe('settling a movement of 5 on top of 10 by reading the meter', () => {
  const later = NOON + 30 * HOUR;
  const read = (value: bigint, at = later) => ({ at, value });
  const meterShows = (earlier: bigint | undefined, value: bigint, minutesApart = 60, failures = 0) => {
    const reading = earlier === undefined ? {} : { reading: read(earlier, later - minutesApart * MINUTE) };
    return settleByReading(aMovement({ failures, ...reading }), 10n, read(value), later);
  };

  it('believes no single reading', () => {
    expect(meterShows(undefined, 10n)).toMatchObject({
      settlement: 'again',
      at: later + HOUR,
      movement: { reading: read(10n), failures: 1 },
    });
  });

  it('believes no two readings that differ', () => {
    expect(meterShows(10n, 15n)).toMatchObject({ settlement: 'again', movement: { reading: read(15n) } });
  });

  it('believes no two readings within an hour', () => {
    expect(meterShows(10n, 10n, 20)).toMatchObject({ settlement: 'again', at: later + 40 * MINUTE });
  });

  it('has not arrived when the meter twice shows what was acknowledged: it is sent again, without doubt', () => {
    const verdict = meterShows(10n, 10n);

    expect(verdict).toMatchObject({ settlement: 'send', movement: { identifier: 'position:1:values', attempt: 1 } });
    expect('movement' in verdict && verdict.movement).not.toHaveProperty('uncertain');
    expect('movement' in verdict && verdict.movement).not.toHaveProperty('reading');
  });

  it('has arrived when the meter twice shows it', () => {
    expect(meterShows(15n, 15n)).toEqual({ settlement: 'arrived' });
  });

  it('is a case when the meter twice shows something else', () => {
    expect(meterShows(17n, 17n)).toMatchObject({ settlement: 'stuck', reason: 'meter-differs' });
  });

  it('is a case when the meter does not come to rest in two days', () => {
    expect(meterShows(16n, 17n, 60, 48)).toMatchObject({ settlement: 'stuck', reason: 'meter-keeps-changing' });
  });
});
