/** What Stripe puts under `error` in the body of a refusal. */
export interface ErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly network_decline_code?: string;
  readonly network_advice_code?: string;
  readonly charge?: string;
  readonly payment_intent?: object;
  readonly payment_method?: object;
}

interface Circumstances {
  /** Stripe's `stripe-should-retry`: overrides the client's own idea of what is worth repeating. */
  readonly shouldRetry?: boolean;
  /** What happened before the refusal stays: a payment that was declined has been attempted. */
  readonly keepsEffects?: boolean;
  /** False for answers that an idempotency key does not keep: nothing had begun. */
  readonly stored?: boolean;
  /** `stripe-rate-limited-reason`: which limit a 429 is about. */
  readonly rateLimited?: 'global-rate' | 'resource-specific';
}

/** A refusal as Stripe words it: status and body. What the handler had changed by then is undone, unless it says so. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly shouldRetry: boolean | undefined;
  readonly stored: boolean;
  readonly keepsEffects: boolean;
  readonly rateLimited: Circumstances['rateLimited'];

  constructor(status: number, body: ErrorBody, circumstances: Circumstances = {}) {
    super(body.message);
    this.status = status;
    this.body = body;
    // A repeat does not heal what a bank refuses.
    this.shouldRetry = circumstances.shouldRetry ?? (status === 402 ? false : undefined);
    this.stored = circumstances.stored ?? true;
    this.keepsEffects = circumstances.keepsEffects ?? false;
    this.rateLimited = circumstances.rateLimited;
  }
}

export function invalidRequest(message: string, where: { param?: string; code?: string } = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...where });
}

/** An id in the path that names nothing: 404. */
export function noSuch(what: string, id: string, param = 'id'): ApiError {
  const message = `No such ${what}: '${id}'`;
  return new ApiError(404, { type: 'invalid_request_error', message, code: 'resource_missing', param });
}

/** An id among the parameters that names nothing: 400. */
export function noSuchParam(what: string, id: string, param: string): ApiError {
  return invalidRequest(`No such ${what}: '${id}'`, { param, code: 'resource_missing' });
}

/** Refused before anything began, so that an idempotency key may be used again. */
export function unstored(status: number, body: ErrorBody, shouldRetry?: boolean): ApiError {
  return new ApiError(status, body, { stored: false, ...(shouldRetry === undefined ? {} : { shouldRetry }) });
}

/** The JSON body, completed with the links that every refusal of Stripe carries. */
export function errorEnvelope(body: ErrorBody, requestId: string): { error: object } {
  const documentation =
    body.code === undefined ? {} : { doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}` };
  return {
    error: { ...body, ...documentation, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` },
  };
}
