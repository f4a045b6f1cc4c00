import * as z from 'zod';
import { Failure, Throttled, Unavailable, UpstreamUnknown } from '#shared/platform/failure.ts';
import { SHARE_USED } from './call-rate.ts';
import type { DeclineWords } from './decline-classes.ts';
import { knownRefusal } from './refusal-codes.ts';

/** Stripe understood the call and refused it: a repeat of the same call is refused again. */
export class StripeRefused extends Failure {
  /** Where it is known why, the caller is told, as what is at Stripe contradicts what was asked for. */
  readonly status: 409 | 500;
  readonly retryable = false;
  /** Stripe's `code` (`resource_missing`), or its error type where it gives none. */
  readonly stripeCode: string;
  readonly param: string | undefined;
  readonly stripeMessage: string;
  /** What the bank said, where it was the bank that refused. Any other refusal is not a decline. */
  readonly decline: DeclineWords | undefined;

  constructor(error: StripeErrorShape, cause: unknown) {
    const stripeCode = error.code ?? error.rawType ?? error.type;
    const facts = { stripe: stripeCode, ...(error.param !== undefined && { stripeParameter: error.param }) };
    const known = knownRefusal(error);
    super(known?.code ?? 'stripe-refused', known?.detail ?? 'Stripe refused the request.', { cause, facts });
    this.status = known === undefined ? 500 : 409;
    this.stripeCode = stripeCode;
    this.param = error.param;
    this.stripeMessage = error.message;
    this.decline = isDecline(error) ? wordsOf(error) : undefined;
  }
}

// By shape, not by `instanceof`: a bundle may hold the package twice.
const StripeErrorShape = z.object({
  type: z.string(),
  rawType: z.string().optional(),
  code: z.string().optional(),
  param: z
    .string()
    .nullish()
    .transform(param => param ?? undefined),
  message: z.string(),
  statusCode: z.number().optional(),
  detail: z.unknown().optional(),
  advice_code: z.string().nullish(),
  decline_code: z.string().nullish(),
  network_advice_code: z.string().nullish(),
  headers: z.record(z.string(), z.unknown()).optional().catch(undefined),
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
 * What each answer leaves behind. `kept`: Stripe gives it again for a day to whoever sends the same identity, so that a
 * repeat needs another one.
 *
 * | what happened | failure | kept | was anything done? |
 * |---|---|---|---|
 * | the share of this instance in Stripe's calls is used up | `Throttled` | no | surely not |
 * | 429 of the rate limiter, which stands before the identities | `Throttled` | no | surely not |
 * | any other 429: a lock time-out, too many calls for one object | `Throttled` | yes | surely not |
 * | no connection, key refused | `Unavailable` | no | surely not |
 * | time-out, cut answer, 409 (same identity in flight) | `UpstreamUnknown` `upstream-silent` | no | unknown |
 * | 5xx | `UpstreamUnknown` `upstream-failed` | yes | unknown |
 * | 400, 404 | `StripeRefused` | yes | surely not, nor will it be |
 * | 402 | `StripeRefused` with `decline` | yes | the bank was asked, and said no |
 */
export function stripeFailure(error: unknown): unknown {
  const parsed = error instanceof Error ? StripeErrorShape.safeParse(error) : undefined;
  if (!parsed?.success) return error;
  const answer = parsed.data;
  const options = { cause: error };
  switch (answer.type) {
    case 'StripeRateLimitError':
    case 'RateLimitError': {
      const isKept = !isOfRateLimiter(answer);
      return new Throttled('stripe-busy', 'Stripe accepts no more calls at the moment.', { ...options, isKept });
    }
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return new Unavailable('stripe-key-refused', 'Stripe does not accept the key.', options);
    case 'StripeConnectionError':
      if (codeOf(answer.detail) === SHARE_USED) {
        return new Throttled('stripe-share-used', 'This instance has made as many calls as it may.', options);
      }
      return neverSent(answer.detail)
        ? new Unavailable('stripe-unreachable', 'Stripe cannot be reached.', options)
        : new UpstreamUnknown('upstream-silent', 'Stripe did not answer.', options);
    case 'StripeAPIError':
      return answer.statusCode === 409
        ? new UpstreamUnknown('upstream-silent', 'The same call is still under way at Stripe.', options)
        : new UpstreamUnknown('upstream-failed', 'Stripe failed.', { ...options, isKept: true });
    case 'StripeInvalidRequestError':
    case 'StripeIdempotencyError':
    case 'StripeCardError':
      return new StripeRefused(answer, error);
    default:
      return error;
  }
}

/** docs.stripe.com/rate-limits: only what concerns the whole account is refused before the identity is looked at. */
function isOfRateLimiter({ code, headers }: StripeErrorShape): boolean {
  if (headers?.['idempotent-replayed'] === 'true') return false;
  const reason = headers?.['stripe-rate-limited-reason'];
  return typeof reason === 'string' ? reason.startsWith('global-') : code === 'rate_limit';
}

/** The bank wants the payer to confirm: Stripe tells it as the state of an object, not of a card. */
const WANTS_CONFIRMATION = /_payment_intent_requires_action$/;

function isDecline({ type, code }: StripeErrorShape): boolean {
  return type === 'StripeCardError' || WANTS_CONFIRMATION.test(code ?? '');
}

function wordsOf({ advice_code, code, decline_code, network_advice_code }: StripeErrorShape): DeclineWords {
  return {
    adviceCode: advice_code ?? undefined,
    declineCode: WANTS_CONFIRMATION.test(code ?? '') ? 'authentication_required' : (decline_code ?? code),
    networkAdviceCode: network_advice_code ?? undefined,
  };
}

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function neverSent(detail: unknown): boolean {
  return NEVER_CONNECTED.has(codeOf(detail) ?? '');
}

function codeOf(detail: unknown): string | undefined {
  return z.object({ code: z.string() }).safeParse(detail).data?.code;
}
