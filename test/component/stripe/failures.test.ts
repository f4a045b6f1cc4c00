import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { callingStripe } from '#shared/stripe/stripe-failure.ts';

// Stripe's bad days, which the twin does not have all of: bodies as stripe-node parses them.
const ANSWERS: Readonly<Record<string, { status: number; error: object; headers?: Record<string, string> } | 'cut'>> = {
  prod_500: { status: 500, error: { type: 'api_error', message: 'Sorry' } },
  prod_409: { status: 409, error: { type: 'invalid_request_error', code: 'idempotency_key_in_use', message: 'Busy' } },
  prod_429: { status: 429, error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many' } },
  prod_lock: { status: 429, error: { type: 'invalid_request_error', code: 'lock_timeout', message: 'Locked' } },
  prod_global: {
    status: 429,
    error: { type: 'invalid_request_error', message: 'Too many' },
    headers: { 'stripe-rate-limited-reason': 'global-concurrency' },
  },
  prod_object: {
    status: 429,
    error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many' },
    headers: { 'stripe-rate-limited-reason': 'resource-specific' },
  },
  prod_replayed: {
    status: 429,
    error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many' },
    headers: { 'idempotent-replayed': 'true' },
  },
  prod_402: {
    status: 402,
    error: { type: 'card_error', code: 'card_declined', decline_code: 'stolen_card', message: 'No' },
  },
  prod_confirm: {
    status: 400,
    error: { type: 'invalid_request_error', code: 'invoice_payment_intent_requires_action', message: 'Confirm' },
  },
  prod_401: { status: 401, error: { type: 'invalid_request_error', message: 'Invalid API Key' } },
  prod_403: { status: 403, error: { type: 'invalid_request_error', message: 'Not allowed' } },
  prod_404: {
    status: 404,
    error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such product' },
  },
  prod_idem: { status: 400, error: { type: 'idempotency_error', message: 'Keys for other parameters' } },
  prod_cut: 'cut',
};

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = ANSWERS[request.url?.split('/').at(-1) ?? ''];
    if (answer === undefined || answer === 'cut') return request.socket.destroy();
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'stripe-should-retry': 'false',
      ...answer.headers,
    });
    response.end(JSON.stringify({ error: answer.error }));
    return undefined;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
});

describe('what Stripe answers becomes the failure that names the remedy', () => {
  it.each([
    ['prod_500', { name: 'UpstreamUnknown', code: 'upstream-failed', retryable: true, isKept: true }],
    ['prod_409', { name: 'UpstreamUnknown', code: 'upstream-silent', retryable: true, isKept: false }],
    ['prod_429', { name: 'Throttled', retryable: true, isKept: false }],
    ['prod_global', { name: 'Throttled', isKept: false }],
    ['prod_lock', { name: 'Throttled', retryable: true, isKept: true }],
    ['prod_object', { name: 'Throttled', isKept: true }],
    ['prod_replayed', { name: 'Throttled', isKept: true }],
    ['prod_402', { name: 'StripeRefused', decline: { declineCode: 'stolen_card' } }],
    ['prod_confirm', { name: 'StripeRefused', decline: { declineCode: 'authentication_required' } }],
    ['prod_401', { name: 'Unavailable', code: 'stripe-key-refused' }],
    ['prod_403', { name: 'Unavailable', code: 'stripe-key-refused' }],
    ['prod_404', { name: 'StripeRefused', stripeCode: 'resource_missing', retryable: false, decline: undefined }],
    ['prod_idem', { name: 'StripeRefused', stripeCode: 'idempotency_error', retryable: false }],
    ['prod_cut', { name: 'UpstreamUnknown', code: 'upstream-silent', retryable: true }],
  ])('%s', async (product, failure) => {
    const client = stripeClient('sk_test_local', `http://127.0.0.1:${portOf(server)}`);

    const call = callingStripe(() => client.products.retrieve(product, undefined, { maxNetworkRetries: 0 }));

    await expect(call).rejects.toMatchObject(failure);
  });

  it('no connection at all means that nothing was done', async () => {
    const client = stripeClient('sk_test_local', 'http://127.0.0.1:9');

    const call = callingStripe(() => client.products.retrieve('prod_1', undefined, { maxNetworkRetries: 0 }));

    await expect(call).rejects.toMatchObject({ name: 'Unavailable', code: 'stripe-unreachable' });
  });

  it('an error of our own stays what it is', async () => {
    const bug = new TypeError('not a Stripe error');

    await expect(callingStripe(() => Promise.reject(bug))).rejects.toBe(bug);
  });
});

function portOf(listening: Server): number {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
