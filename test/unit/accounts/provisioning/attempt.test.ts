import { describe, expect, it } from 'vitest';
import { identityOf, isRepeatable, nextAttempt, usesUp } from '#shared/accounts/provisioning/attempt.ts';
import { InvalidInput, Throttled, Unavailable, UpstreamUnknown } from '#shared/platform/failure.ts';
import { HOUR } from '#shared/platform/instant.ts';

const noon = Date.parse('2026-11-01T12:00:00Z');

describe('an attempt to make something at the collector', () => {
  it('is repeated under its identity until that may be forgotten', () => {
    const attempt = nextAttempt(undefined, noon);

    expect(isRepeatable(attempt, noon + 23 * HOUR - 1)).toBe(true);
    expect(isRepeatable(attempt, noon + 23 * HOUR)).toBe(false);
  });

  it('gets another identity after an answered failure, and remembers when all began', () => {
    const first = nextAttempt(undefined, noon);
    const second = nextAttempt({ ...first, failed: true }, noon + HOUR);

    expect(isRepeatable({ ...first, failed: true }, noon)).toBe(false);
    expect(second).toEqual({ number: 1, since: noon, at: noon + HOUR, failed: false });
    expect(identityOf('customer:acc-1', first)).toBe('customer:acc-1');
    expect(identityOf('customer:acc-1', second)).toBe('customer:acc-1:1');
  });

  it.each([
    ['a failure that is kept', new UpstreamUnknown('upstream-failed', '', { isKept: true }), true],
    ['a lock time-out, which is kept as well', new Throttled('stripe-busy', '', { isKept: true }), true],
    ['a refusal', new InvalidInput(422, 'detail-refused', ''), true],
    ['silence', new UpstreamUnknown('upstream-silent', ''), false],
    ['no connection', new Unavailable('stripe-unreachable', ''), false],
    ['too many calls', new Throttled('stripe-busy', ''), false],
    ['a lost lease', new Throttled('busy', ''), false],
    ['an error of our own', new TypeError('x'), false],
  ])('is used up or not by %s', (_, failure, usedUp) => {
    expect(usesUp(failure)).toBe(usedUp);
  });
});
