import * as z from 'zod';
import { Failure } from '#shared/platform/failure.ts';
import { HOUR, type Instant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';

// Something is made at the provider exactly once, although the ledger and the provider cannot be written together:
//
//   ledger: attempt n, at T ──▶ provider: make, identity n ──▶ ledger: its id
//        crash or silence anywhere: the same identity again within 23 h ──▶ the same thing, once
//        an answered failure, or 23 h over (identities are kept 24 h):  look for it ──▶ found: take it
//                                                                       not found: attempt n + 1

/** The try that was written down before it was sent. */
export const Attempt = z.object({
  number: z.int().nonnegative(),
  /** When the very first one was written. */
  since: StoredInstant,
  /** When this one was. */
  at: StoredInstant,
  /** It was answered with a failure, which is kept under its identity. */
  failed: z.boolean(),
});
export type Attempt = z.output<typeof Attempt>;

const IDENTITY_LIFE = 23 * HOUR;

/** May the same identity be sent again? */
export function isRepeatable(attempt: Attempt, now: Instant): boolean {
  return !attempt.failed && now - attempt.at < IDENTITY_LIFE;
}

export function nextAttempt(previous: Attempt | undefined, now: Instant): Attempt {
  return previous === undefined
    ? { number: 0, since: now, at: now, failed: false }
    : { number: previous.number + 1, since: previous.since, at: now, failed: false };
}

/**
 * Did this answer use the identity up? A refusal and a failure that the provider keeps did; so did a lock time-out (429),
 * which it keeps as well. Its rate limiter, silence and a lost lease did not: the same call may come again, or is under
 * way.
 */
export function usesUp(failure: unknown): boolean {
  return failure instanceof Failure && (failure.isKept || !failure.retryable);
}

/** `customer:acc-1`, and from the second attempt on `customer:acc-1:1`. */
export function identityOf(subject: string, attempt: Attempt): string {
  return attempt.number === 0 ? subject : `${subject}:${attempt.number}`;
}
