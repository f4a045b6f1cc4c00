import { describe, expect, it } from 'vitest';
import { formatsOf } from '#shared/locale/formats.ts';
import { instantOfWall, wallAt } from '#shared/platform/time-zones.ts';
import { WallClock } from '#shared/rating/wall-clock.ts';

function wall(timezone: string, at: string): string {
  return new Date(wallAt(timezone, Date.parse(at))).toISOString().slice(0, 16);
}

/**
 * The release notes of IANA 2025b to 2026f: Coyhaique stays at -03 (2025b); British Columbia stays at -07 from 2026 on
 * (2026b); Morocco is at +00 for good after 2026-09-20 (2026c); the Northwest Territories stay at -06 (2026d), Manitoba
 * at -05 (2026e), Cuba at -04 over the winter of 2026 (2026f). And rules that stay: Sweden, New York.
 */
describe('The clocks of a zone', () => {
  it.each([
    ['America/Winnipeg', '2025-12-01T12:00:00Z', '2025-12-01T06:00'],
    ['America/Winnipeg', '2026-07-01T12:00:00Z', '2026-07-01T07:00'],
    ['America/Winnipeg', '2026-11-01T06:59:00Z', '2026-11-01T01:59'],
    ['America/Winnipeg', '2026-11-01T07:00:00Z', '2026-11-01T02:00'],
    ['America/Winnipeg', '2027-01-15T12:00:00Z', '2027-01-15T07:00'],
    ['America/Inuvik', '2025-12-01T12:00:00Z', '2025-12-01T05:00'],
    ['America/Inuvik', '2026-12-01T12:00:00Z', '2026-12-01T06:00'],
    ['America/Yellowknife', '2027-12-01T12:00:00Z', '2027-12-01T06:00'],
    ['America/Havana', '2025-12-01T12:00:00Z', '2025-12-01T07:00'],
    ['America/Havana', '2026-12-01T12:00:00Z', '2026-12-01T08:00'],
    ['America/Vancouver', '2025-12-01T12:00:00Z', '2025-12-01T04:00'],
    ['America/Vancouver', '2026-12-01T12:00:00Z', '2026-12-01T05:00'],
    ['America/Vancouver', '2027-07-01T12:00:00Z', '2027-07-01T05:00'],
    ['Africa/Casablanca', '2025-03-01T12:00:00Z', '2025-03-01T12:00'], // Ramadan: an hour back
    ['Africa/Casablanca', '2025-07-01T12:00:00Z', '2025-07-01T13:00'],
    ['Africa/Casablanca', '2026-12-01T12:00:00Z', '2026-12-01T12:00'],
    ['America/Coyhaique', '2025-07-01T12:00:00Z', '2025-07-01T09:00'],
    ['Europe/Stockholm', '2026-03-29T00:59:00Z', '2026-03-29T01:59'],
    ['Europe/Stockholm', '2026-03-29T01:00:00Z', '2026-03-29T03:00'],
    ['Europe/Stockholm', '2027-10-31T01:00:00Z', '2027-10-31T02:00'],
    ['America/New_York', '2027-03-14T07:00:00Z', '2027-03-14T03:00'],
    ['UTC', '2026-12-01T12:00:00Z', '2026-12-01T12:00'],
    ['europe/stockholm', '2026-12-01T12:00:00Z', '2026-12-01T13:00'],
    // Outside the table's years.
    ['Europe/Stockholm', '2023-12-31T23:30:00Z', '2024-01-01T00:30'],
    ['Europe/Stockholm', '2031-07-01T12:00:00Z', '2031-07-01T14:00'],
  ])('of %s show at %s: %s', (timezone, at, expected) => {
    expect(wall(timezone, at)).toBe(expected);
    expect(new Date(new WallClock(timezone).at(Date.parse(at))).toISOString().slice(0, 16)).toBe(expected);
  });

  it('are those of bills', () => {
    const at = Date.parse('2026-12-01T04:30:00Z');
    expect(formatsOf('en', 'CAD', 'America/Winnipeg').recordTime(at)).toBe('23:30');
    expect(formatsOf('en', 'CAD', 'America/Winnipeg').day(at)).toBe('30 November 2026');
    expect(formatsOf('en', 'USD', 'America/Havana').recordTime(at)).toBe('00:30');
  });

  it('are read the other way round, also where an hour is missing or comes twice', () => {
    const moment = (timezone: string, at: string) =>
      new Date(instantOfWall(timezone, Date.parse(`${at}:00Z`))).toISOString().slice(0, 16);
    expect(moment('America/Winnipeg', '2026-12-02T00:00')).toBe('2026-12-02T05:00');
    expect(moment('Europe/Stockholm', '2026-03-29T02:30')).toBe('2026-03-29T01:30');
    expect(moment('Europe/Stockholm', '2026-10-25T02:30')).toBe('2026-10-25T00:30');
    expect(moment('Europe/Stockholm', '2026-10-25T03:00')).toBe('2026-10-25T02:00');
    expect(moment('America/Havana', '2026-03-08T00:00')).toBe('2026-03-08T05:00');
  });

  it('are of no zone that there is not', () => {
    expect(() => wallAt('Mars/Olympus', Date.parse('2026-12-01T00:00:00Z'))).toThrow(RangeError);
  });
});
