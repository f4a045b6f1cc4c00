import * as z from 'zod';
import { Failure, Throttled } from '#shared/platform/failure.ts';
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

/** Code of the `UpstreamUnknown` that was an answer. */
export const ANSWERED = 'upstream-failed';

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

/** Did this failure use the identity up? Silence did not: the call may still be under way. */
export function wasAnswered(failure: unknown): boolean {
  return failure instanceof Failure && (failure.code === ANSWERED || !failure.retryable);
}

/**
 * May the answer be kept under the identity? Stripe keeps also a lock time-out (429) for a day, and gives it again to
 * whoever sends the same identity; only a 429 of its rate limiter leaves no trace, and is not told apart here.
 */
export function mayBeKept(failure: unknown): boolean {
  return wasAnswered(failure) || (failure instanceof Throttled && failure.code !== LEASE_LOST);
}

/** Code of the `Throttled` that comes from the ledger. */
const LEASE_LOST = 'busy';

/** `customer:acc-1`, and from the second attempt on `customer:acc-1:1`. */
export function identityOf(subject: string, attempt: Attempt): string {
  return attempt.number === 0 ? subject : `${subject}:${attempt.number}`;
}
