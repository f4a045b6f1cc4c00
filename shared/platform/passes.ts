import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { Failure } from './failure.ts';

/**
 * Whether the same work succeeds later without anybody's doing: what we need is busy or away. Of AWS's errors their own
 * SDK tells, by the rules by which it repeats.
 */
export function passesByItself(error: unknown): boolean {
  if (error instanceof Failure) return error.retryable;
  return isSdkError(error) && (isThrottlingError(error) || isTransientError(error));
}

/** All members of the SDK's type but an error's own are optional. */
function isSdkError(error: unknown): error is Parameters<typeof isTransientError>[0] {
  return error instanceof Error;
}
