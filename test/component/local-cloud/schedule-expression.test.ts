import { describe, expect, test } from 'vitest';
import { parseSchedule } from '#infra/local/clock/schedule-expression.ts';
import { parseInstant, printInstant } from '#shared/platform/instant.ts';

// 1 November 2026 is a Sunday.
describe('when a schedule fires', () => {
  test.each([
    ['rate(1 minute)', '2026-11-01T00:00:30Z', '2026-11-01T00:01:00Z'],
    ['rate(1 minute)', '2026-11-01T00:01:00Z', '2026-11-01T00:01:00Z'],
    ['rate(6 hours)', '2026-11-01T06:00:01Z', '2026-11-01T12:00:00Z'],
    ['cron(15 3 * * ? *)', '2026-11-01T03:15:00Z', '2026-11-01T03:15:00Z'],
    ['cron(15 3 * * ? *)', '2026-11-01T03:15:01Z', '2026-11-02T03:15:00Z'],
    ['cron(0 8,20 ? * MON-FRI *)', '2026-11-01T00:00:00Z', '2026-11-02T08:00:00Z'],
    ['cron(0/20 * * * ? *)', '2026-11-01T23:41:00Z', '2026-11-02T00:00:00Z'],
    ['cron(0 0 1 1 ? 2028)', '2026-11-01T00:00:00Z', '2028-01-01T00:00:00Z'],
    ['at(2026-11-05T10:00:00)', '2026-11-01T00:00:00Z', '2026-11-05T10:00:00Z'],
  ])('%s after %s: %s', (expression, from, expected) => {
    const next = parseSchedule(expression)(parseInstant(from) ?? 0);

    expect(next === undefined ? undefined : printInstant(next)).toBe(expected);
  });

  test('once is once', () => {
    expect(parseSchedule('at(2026-11-05T10:00:00)')(Date.UTC(2026, 10, 6))).toBeUndefined();
  });

  test.each(['rate(0 minutes)', 'cron(0 8 L * ? *)', 'cron(61 * * * ? *)', 'every day'])(
    '%s is refused',
    expression => {
      expect(() => parseSchedule(expression)).toThrow(/is not known/);
    },
  );
});
