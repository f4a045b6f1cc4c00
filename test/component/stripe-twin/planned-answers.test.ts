import { describe, expect, it } from 'vitest';
import { aCustomer } from './operator.ts';
import { refusal, useTwin } from './use-twin.ts';

// What Stripe keeps under a key: github.com/useautumn/autumn, pull requests 3473 and 3491; docs.stripe.com/rate-limits.

const CREATE = 'POST /v1/customers';

describe('a planned answer', () => {
  const at = useTwin('2026-11-01T00:00:00Z');
  const create = (idempotencyKey: string) => at.stripe.customers.create({ name: 'A' }, { idempotencyKey });

  it.each([
    [{ status: 429 }, 'StripeRateLimitError', 'lock_timeout', {}],
    [
      { status: 429, code: 'payment_intent_rate_limit_exceeded' },
      'StripeRateLimitError',
      'payment_intent_rate_limit_exceeded',
      { 'stripe-rate-limited-reason': 'resource-specific' },
    ],
    [{ status: 500 }, 'StripeAPIError', undefined, { 'stripe-should-retry': 'false' }],
    [
      { status: 400, code: 'payment_intent_unexpected_state' },
      'StripeInvalidRequestError',
      'payment_intent_unexpected_state',
      {},
    ],
    [{ status: 404 }, 'StripeInvalidRequestError', 'resource_missing', {}],
    [{ status: 402 }, 'StripeCardError', 'card_declined', {}],
    [{ status: 402, code: 'expired_card' }, 'StripeCardError', 'expired_card', {}],
  ])('%j is kept under its key, and given so many times', async (planned, type, code, headers) => {
    at.twin.planAnswers([{ call: CREATE, times: 2, ...planned }]);

    const first = await refusal(create('one'));
    const replayed = await refusal(create('one'));
    const second = await refusal(create('two'));
    const third = await create('three');

    for (const refused of [first, replayed, second]) {
      expect(refused).toMatchObject({ type, code, statusCode: planned.status, headers });
    }
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(replayed.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(second.headers).not.toHaveProperty('idempotent-replayed');
    expect((await at.stripe.customers.list()).data.map(({ id }) => id)).toEqual([third.id]);
  });

  it.each([
    [{ status: 429, code: 'rate_limit' }, { 'stripe-rate-limited-reason': 'global-rate' }],
    [{ status: 401 }, {}],
    [{ status: 503 }, {}],
    [{ status: 400, code: 'parameter_missing' }, {}],
  ])('%j leaves the key free: nothing had begun', async (planned, headers) => {
    at.twin.planAnswers([{ call: CREATE, times: 1, ...planned }]);

    const refused = await refusal(create('one'));
    const made = await create('one');

    expect(refused).toMatchObject({ statusCode: planned.status, headers });
    expect(made.name).toBe('A');
  });

  it('of the global rate limiter stands before what is kept under a key', async () => {
    await create('one');
    at.twin.planAnswers([{ call: CREATE, status: 429, code: 'rate_limit', times: 1 }]);

    expect(await refusal(create('one'))).toMatchObject({ statusCode: 429 });
    expect((await create('one')).lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true' });
  });

  it('names the reason of a decline as the bank gives it', async () => {
    at.twin.planAnswers([{ call: CREATE, status: 402, code: 'insufficient_funds', times: 1 }]);

    expect(await refusal(create('one'))).toMatchObject({
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      rawType: 'card_error',
    });
  });

  it('that is lost has taken effect', async () => {
    at.twin.planAnswers([{ call: CREATE, status: 'lost', times: 1 }]);
    const call = () =>
      fetch(`${at.twin.address}/v1/customers`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer sk_test_local',
          'content-type': 'application/x-www-form-urlencoded',
          'idempotency-key': 'one',
        },
        body: 'name=A',
      });

    await expect(call()).rejects.toThrow('fetch failed');
    const again = await call();

    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect((await at.stripe.customers.list()).data).toHaveLength(1);
  });

  it('is for the calls of its template, or for one object', async () => {
    const [one, other] = [await aCustomer(at.stripe), await aCustomer(at.stripe)];
    at.twin.planAnswers([
      { call: `GET /v1/customers/${one.id}`, status: 500, times: 1 },
      { call: 'POST /v1/customers/{id}', status: 429, times: 1 },
    ]);

    expect((await at.stripe.customers.retrieve(other.id)).id).toBe(other.id);
    expect(await refusal(at.stripe.customers.retrieve(one.id))).toMatchObject({ statusCode: 500 });
    expect(await refusal(at.stripe.customers.update(other.id, { name: 'B' }))).toMatchObject({ code: 'lock_timeout' });
    expect((await at.stripe.customers.update(other.id, { name: 'B' })).name).toBe('B');
  });

  it('is replaced by the next plan, and given in the order of the plan', async () => {
    at.twin.planAnswers([{ call: CREATE, status: 500, times: 9 }]);
    at.twin.planAnswers([
      { call: CREATE, status: 400, times: 1 },
      { call: CREATE, status: 429, times: 1 },
    ]);

    expect(await refusal(create('one'))).toMatchObject({ statusCode: 400 });
    expect(await refusal(create('two'))).toMatchObject({ statusCode: 429 });
    expect((await create('three')).name).toBe('A');
  });

  it('does not come before the refusal of wrong parameters', async () => {
    at.twin.planAnswers([{ call: CREATE, status: 500, times: 1 }]);

    expect(await refusal(at.stripe.rawRequest('POST', '/v1/customers', { nmae: 'A' }))).toMatchObject({
      code: 'parameter_unknown',
    });
    expect(await refusal(create('one'))).toMatchObject({ statusCode: 500 });
  });
});
