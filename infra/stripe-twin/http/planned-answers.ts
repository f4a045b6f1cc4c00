import * as z from 'zod';
import { ApiError, type ErrorBody, unstored } from '../wire/errors.ts';

/** An answer that calls get instead of their own, so many times. */
export interface PlannedAnswer {
  /** Method and path, with `{id}` for whatever stands there: `POST /v1/invoices/{id}/pay`. */
  readonly call: string;
  /** `lost`: the call takes effect, and the connection breaks before its answer is heard. */
  readonly status: number | 'lost';
  /** Stripe's error code. Default: `lock_timeout` for 429, `card_declined` for 402, `resource_missing` for 404. */
  readonly code?: string | undefined;
  readonly times: number;
}

/** A request may bring the refusal that it is to get: `{"status": 429}`. */
export const ANSWER_HEADER = 'twin-answer';

const Brought = z.strictObject({ status: z.int().min(400).max(599), code: z.string().optional() });

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Stripe's codes of declines that name the reason themselves; any other reason is a `decline_code` of `card_declined`. */
const CARD_CODES = new Set([
  'card_declined',
  'expired_card',
  'incorrect_cvc',
  'processing_error',
  'authentication_required',
]);

/**
 * Answers to come, by the calls that get them; the first that matches and is not used up is taken.
 *
 *     global rate limiter ──▶ idempotency key ──▶ parameters ──▶ every other refusal, kept under the key ──▶ the call
 */
export class PlannedAnswers {
  #planned: { readonly answer: PlannedAnswer; left: number }[] = [];

  /** Replaces what was planned before. */
  plan(answers: readonly PlannedAnswer[]): void {
    this.#planned = answers.map(answer => ({ answer, left: answer.times }));
  }

  /** Nothing has begun, and the key stays free. */
  takeRateLimit(asked: Asked): ApiError | undefined {
    const taken = this.#take(asked, isRateLimit);
    return taken && refusalOf(taken);
  }

  takeRefusal(asked: Asked): ApiError | undefined {
    const taken = this.#take(asked, answer => !isRateLimit(answer) && answer.status !== 'lost');
    return taken && refusalOf(taken);
  }

  takeLoss(asked: Asked): boolean {
    return this.#take(asked, ({ status }) => status === 'lost') !== undefined;
  }

  #take({ method, path, headers }: Asked, isWanted: (answer: PlannedAnswer) => boolean): PlannedAnswer | undefined {
    const brought = broughtBy(headers[ANSWER_HEADER], `${method} ${path}`);
    if (brought) return isWanted(brought) ? brought : undefined;
    const planned = this.#planned.find(
      ({ answer, left }) => left > 0 && isWanted(answer) && isCall(answer.call, method, path),
    );
    if (!planned) return undefined;
    planned.left -= 1;
    return planned.answer;
  }
}

function broughtBy(header: string | undefined, call: string): PlannedAnswer | undefined {
  return header === undefined ? undefined : { ...Brought.parse(JSON.parse(header)), call, times: 1 };
}

/** Whether a call by its template, `POST /v1/invoices/{id}/pay`, is the one of this method and path. */
export function isCall(template: string, method: string, path: string): boolean {
  const [wantedMethod, wantedPath = ''] = template.split(' ');
  const wanted = wantedPath.split('/');
  const segments = path.split('/');
  return (
    wantedMethod === method &&
    wanted.length === segments.length &&
    wanted.every((part, position) => isPlaceholder(part) || part === segments[position])
  );
}

function isPlaceholder(part: string): boolean {
  return part.startsWith('{') && part.endsWith('}');
}

function isRateLimit({ status, code }: PlannedAnswer): boolean {
  return status === 429 && code === 'rate_limit';
}

/**
 * | status | kept under its key |
 * |---|---|
 * | 400, 404 | yes, as whatever was refused after the call had begun; codes of parameters are found before: no |
 * | 402, 429 `lock_timeout` or of one object, 500 | yes |
 * | 401, 403, 409, 429 `rate_limit`, 502 and above | no: nothing had begun |
 */
function refusalOf({ status, code, call }: PlannedAnswer): ApiError {
  const refused = (body: Omit<ErrorBody, 'message'>, message: string) =>
    new ApiError(Number(status), { ...body, message });
  switch (status) {
    case 402:
      return refused(decline(code ?? 'card_declined'), 'Your card was declined.');
    case 404:
      return refused({ type: 'invalid_request_error', code: code ?? 'resource_missing' }, `No such object (${call}).`);
    case 429:
      return tooMany(code ?? 'lock_timeout');
    case 500:
      return new ApiError(500, { type: 'api_error', message: 'An unknown error occurred.' }, { shouldRetry: false });
    default:
      return otherRefusal(Number(status), code, call);
  }
}

function decline(code: string): Omit<ErrorBody, 'message'> {
  if (code === 'card_declined') return { type: 'card_error', code, decline_code: 'generic_decline' };
  return { type: 'card_error', code: CARD_CODES.has(code) ? code : 'card_declined', decline_code: code };
}

function tooMany(code: string): ApiError {
  if (code === 'rate_limit') {
    const message = 'Request rate limit exceeded. Learn more about rate limits: https://docs.stripe.com/rate-limits';
    return new ApiError(
      429,
      { type: 'invalid_request_error', code, message },
      { stored: false, rateLimited: 'global-rate' },
    );
  }
  if (code === 'lock_timeout') {
    const message =
      'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.';
    return new ApiError(429, { type: 'invalid_request_error', code, message });
  }
  const message = 'Too many requests for this object.';
  return new ApiError(429, { type: 'invalid_request_error', code, message }, { rateLimited: 'resource-specific' });
}

function otherRefusal(status: number, code: string | undefined, call: string): ApiError {
  const body: ErrorBody = {
    type: status < 500 ? 'invalid_request_error' : 'api_error',
    message: `Refused by a planned answer (${call}).`,
    ...(code !== undefined && { code }),
  };
  const isKept = status < 500 && ![401, 403, 409].includes(status) && code?.startsWith('parameter_') !== true;
  return isKept ? new ApiError(status, body) : unstored(status, body);
}
