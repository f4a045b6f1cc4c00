import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '#shared/platform/instant.ts';
import { monthsBefore, startedAtReader } from '#shared/usage/posting/started-at.ts';

const two = fc.oneof(
  fc.integer({ min: 0, max: 99 }).map(n => String(n).padStart(2, '0')),
  fc.string({ minLength: 2, maxLength: 2 }),
);
const almost = fc
  .tuple(fc.constantFrom('2026', '2024', '1999', '20x6'), two, two, two, two, two, fc.constantFrom('T', 't', ' '))
  .map(([year, month, day, h, m, s, t]) => `${year}-${month}-${day}${t}${h}:${m}:${s}Z`);

describe('reading startedAt quickly', () => {
  it('says what the ordinary parser says, about times and about texts that nearly are', () => {
    const read = startedAtReader();
    const time = fc
      .date({ min: new Date('1980-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
      .map(date => date.toISOString());
    fc.assert(
      fc.property(
        fc.oneof(
          time,
          time.map(text => `${text.slice(0, 19)}Z`),
          almost,
          fc.string(),
        ),
        text => {
          expect(read(text)).toBe(parseInstant(text));
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe('months before', () => {
  it.each([
    ['2026-11-05T12:34:56Z', 24, '2024-11-05T12:34:56Z'],
    ['2026-03-31T00:00:00Z', 1, '2026-02-28T00:00:00Z'],
    ['2024-03-31T00:00:00Z', 1, '2024-02-29T00:00:00Z'],
    ['2026-01-31T23:59:59Z', -1, '2026-02-28T23:59:59Z'],
    ['2026-01-15T00:00:00Z', 13, '2024-12-15T00:00:00Z'],
  ])('%s less %i is %s', (from, months, to) => {
    expect(monthsBefore(Date.parse(from), months)).toBe(Date.parse(to));
  });
});
