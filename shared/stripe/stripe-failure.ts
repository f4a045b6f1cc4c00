import * as z from 'zod';
import { Failure, Throttled, Unavailable, UpstreamUnknown } from '#shared/platform/failure.ts';

/** Stripe understood the call and declined it: a repeat of the same call is declined again. */
export class StripeRefused extends Failure {
  readonly status = 500;
  readonly retryable = false;
  /** Stripe's `code` (`resource_missing`), or its error type where it gives none. */
  readonly stripeCode: string;
  readonly param: string | undefined;
  readonly stripeMessage: string;

  constructor(error: StripeErrorShape, cause: unknown) {
    super('stripe-refused', 'Stripe refused the request.', { cause });
    this.stripeCode = error.code ?? error.rawType ?? error.type;
    this.param = error.param;
    this.stripeMessage = error.message;
  }
}

// By shape, not by `instanceof`: a bundle may hold the package twice.
const StripeErrorShape = z.object({
  type: z.string(),
  rawType: z.string().optional(),
  code: z.string().optional(),
  param: z.string().optional(),
  message: z.string(),
  statusCode: z.number().optional(),
  detail: z.unknown().optional(),
});
type StripeErrorShape = z.infer<typeof StripeErrorShape>;

/** Calls Stripe; what it throws becomes the failure that names the remedy. Anything else is passed on. */
export async function callingStripe<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw stripeFailure(error);
  }
}

/**
 * | what happened | failure |
 * |---|---|
 * | 429, lock time-out | `Throttled` |
 * | no connection, key refused | `Unavailable`: surely nothing was done |
 * | time-out, cut answer, 409 (same identity in flight) | `UpstreamUnknown` `upstream-silent`: repeat with the same identity |
 * | 5xx | `UpstreamUnknown` `upstream-failed`: this answer is kept under the identity, repeat with another |
 * | 400, 402, 404 | `StripeRefused` |
 */
export function stripeFailure(error: unknown): unknown {
  const parsed = error instanceof Error ? StripeErrorShape.safeParse(error) : undefined;
  if (!parsed?.success) return error;
  const options = { cause: error };
  switch (parsed.data.type) {
    case 'StripeRateLimitError':
    case 'RateLimitError':
      return new Throttled('stripe-busy', 'Stripe accepts no more calls at the moment.', options);
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return new Unavailable('stripe-key-refused', 'Stripe does not accept the key.', options);
    case 'StripeConnectionError':
      return neverSent(parsed.data.detail)
        ? new Unavailable('stripe-unreachable', 'Stripe cannot be reached.', options)
        : new UpstreamUnknown('upstream-silent', 'Stripe did not answer.', options);
    case 'StripeAPIError':
      return parsed.data.statusCode === 409
        ? new UpstreamUnknown('upstream-silent', 'The same call is still under way at Stripe.', options)
        : new UpstreamUnknown('upstream-failed', 'Stripe failed.', options);
    case 'StripeInvalidRequestError':
    case 'StripeIdempotencyError':
    case 'StripeCardError':
      return new StripeRefused(parsed.data, error);
    default:
      return error;
  }
}

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function neverSent(detail: unknown): boolean {
  const parsed = z.object({ code: z.string() }).safeParse(detail);
  return parsed.success && NEVER_CONNECTED.has(parsed.data.code);
}
