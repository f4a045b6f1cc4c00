import type { Movement, PositionState } from '#shared/metering/movement.ts';
import { DAY, HOUR, MINUTE } from '#shared/platform/instant.ts';

export const NOVEMBER = { start: Date.parse('2026-11-01T00:00:00Z'), end: Date.parse('2026-12-01T00:00:00Z') };
export const NOON = NOVEMBER.start + 9 * DAY + 12 * HOUR;

/** A position of November's data packs: nothing sent yet, nothing under way. */
export function aPosition(differences: Partial<PositionState> = {}): PositionState {
  return {
    account: 'acc-1',
    key: 'dunlin:mobile-10:data-extra:SEK:0a1b2c3d',
    start: NOVEMBER.start,
    n: 0,
    acknowledged: 0n,
    ...differences,
  };
}

/** The first movement of 5, planned and sent at noon, its answer not known. */
export function aMovement(differences: Partial<Movement> = {}): Movement {
  return {
    n: 1,
    value: 5n,
    timestamp: NOON,
    identifier: 'position:1:values',
    plannedAt: NOON,
    attempt: 1,
    uncertain: { attempt: 1, since: NOON },
    failures: 0,
    ...differences,
  };
}

export const minutesAfterNoon = (minutes: number) => NOON + minutes * MINUTE;
