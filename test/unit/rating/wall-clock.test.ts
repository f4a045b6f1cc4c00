import { describe, expect, it } from 'vitest';
import { WallClock } from '#shared/rating/wall-clock.ts';
import { at } from '#test/builders/rating.ts';

/** What the wall shows, read as if it were UTC. */
function shown(clock: WallClock, instant: string): string {
  return new Date(clock.at(at(instant))).toISOString().slice(0, 16);
}

describe('The wall clock', () => {
  /** Directive 2000/84/EC: summer time begins and ends at 01:00 UTC on the last Sunday of March and October. */
  it.each([
    ['Europe/Stockholm', '2026-03-29T00:59:59Z', '2026-03-29T01:59'],
    ['Europe/Stockholm', '2026-03-29T01:00:00Z', '2026-03-29T03:00'],
    ['Europe/Stockholm', '2026-10-25T00:59:59Z', '2026-10-25T02:59'],
    ['Europe/Stockholm', '2026-10-25T01:00:00Z', '2026-10-25T02:00'],
    // 15 U.S.C. 260a: first Sunday of November, 02:00 daylight time = 06:00 UTC
    ['America/New_York', '2026-11-01T05:59:59Z', '2026-11-01T01:59'],
    ['America/New_York', '2026-11-01T06:00:00Z', '2026-11-01T01:00'],
    // Lord Howe moves by half an hour
    ['Australia/Lord_Howe', '2026-04-04T14:59:00Z', '2026-04-05T01:59'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', '2026-04-05T01:30'],
    ['Asia/Kathmandu', '2026-11-01T00:00:00Z', '2026-11-01T05:45'],
    ['UTC', '2026-11-01T00:00:00Z', '2026-11-01T00:00'],
  ])('in %s at %s shows %s', (zone, instant, expected) => {
    expect(shown(new WallClock(zone), instant)).toBe(expected);
  });

  it('shows the same whichever way it was reached', () => {
    // given
    const clock = new WallClock('Europe/Stockholm');
    const instants = ['2026-03-29T00:59:59Z', '2026-10-25T01:00:00Z', '2026-03-29T01:00:00Z', '2026-10-25T00:59:59Z'];
    // then
    for (const instant of [
      ...instants,
      ...instants.toReversed(),
      ...instants.toSorted(),
      ...instants.toSorted().reverse(),
    ]) {
      expect(shown(clock, instant)).toBe(shown(new WallClock('Europe/Stockholm'), instant));
    }
  });

  it('refuses a zone that does not exist', () => {
    expect(() => new WallClock('Europe/Atlantis')).toThrow(RangeError);
  });
});
