import { expect, test } from 'vitest';
import { isStillBilled, latePolicyAt } from '#shared/catalog/late-policy.ts';
import { DAY } from '#shared/platform/instant.ts';
import { aCatalog } from '#test/builders/catalog.ts';
import { at } from '#test/builders/rating.ts';

const STARTED = at('2026-11-20T09:00:00Z');

test.each([
  ['carried, without a limit', { mode: 'carry-forward', limitMs: null }, 500 * DAY, true],
  ['carried, on the last day of the limit', { mode: 'carry-forward', limitMs: 120 * DAY }, 120 * DAY, true],
  ['carried, a moment behind the limit', { mode: 'carry-forward', limitMs: 120 * DAY }, 120 * DAY + 1, false],
  ['written off', { mode: 'write-off', limitMs: null }, 0, false],
] as const)('late usage is %s', (_, policy, age, billed) => {
  expect(isStillBilled(policy, STARTED, STARTED + age)).toBe(billed);
});

test('the policy is that of the version in force, and to carry where it says none', () => {
  const first = { ...aCatalog({}), effectiveFrom: at('2026-01-01T00:00:00Z'), latePolicy: null };
  const second = {
    ...first,
    effectiveFrom: at('2026-12-01T00:00:00Z'),
    latePolicy: { mode: 'write-off', limitMs: null } as const,
  };

  expect(latePolicyAt([first, second], at('2026-11-30T23:59:59Z'))).toEqual({ mode: 'carry-forward', limitMs: null });
  expect(latePolicyAt([first, second], at('2026-12-01T00:00:00Z'))).toEqual({ mode: 'write-off', limitMs: null });
});
