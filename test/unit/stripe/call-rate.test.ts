import { describe, expect, it } from 'vitest';
import { CallRate, endpointOf, ShareUsed } from '#shared/stripe/call-rate.ts';

/** A clock that moves by what is waited for. */
function paced(perSecond: number) {
  let now = 0;
  const waited: number[] = [];
  const pace = {
    now: () => now,
    pause: async (milliseconds: number) => {
      waited.push(milliseconds);
      now += milliseconds;
    },
  };
  const sleep = (milliseconds: number) => {
    now += milliseconds;
  };
  return { rate: new CallRate(perSecond, pace), waited, sleep };
}

const READ = 'GET /v1/invoices/{id}';

describe('the share of an instance', () => {
  it('is a second’s calls at once, then one by one', async () => {
    const { rate, waited } = paced(4);

    for (let call = 1; call <= 7; call++) await rate.take(READ);

    // Five at 0: four of the second before and the one that is due. Then every 250 ms.
    expect(waited).toEqual([250, 250]);
  });

  it('is one of each endpoint, and four times as much of all together', async () => {
    const { rate, waited } = paced(1);

    for (const endpoint of ['a', 'b', 'c', 'd', 'e']) await rate.take(endpoint);
    expect(waited).toEqual([]);
    await rate.take('f');

    // Of all four a second: five at once, the sixth in a quarter of a second.
    expect(waited).toEqual([250]);
  });

  it('is forty times as much of meter events', async () => {
    const { rate, waited } = paced(1);

    for (let call = 1; call <= 41; call++) await rate.take('POST /v1/billing/meter_events');
    expect(waited).toEqual([]);
    await rate.take('POST /v1/billing/meter_events');

    expect(waited).toEqual([25]);
  });

  it('refuses what would have to wait for more than three seconds, without sending it', async () => {
    let now = 0;
    const rate = new CallRate(1, { now: () => now, pause: async () => undefined });
    for (let call = 1; call <= 5; call++) await rate.take(READ);

    await expect(rate.take(READ)).rejects.toBeInstanceOf(ShareUsed);
    now = 1_000;
    await expect(rate.take(READ)).resolves.toBeUndefined();
  });

  it('is halved by a 429, after a pause, and comes back by twentieths', async () => {
    const { rate, waited, sleep } = paced(4);
    await rate.take(READ);
    rate.heard(READ, 429);

    await rate.take(READ);
    await rate.take(READ);
    expect(waited).toEqual([1_000, 500]);
    for (let answer = 1; answer <= 10; answer++) rate.heard(READ, 200);
    sleep(2_000);
    for (let call = 1; call <= 6; call++) await rate.take(READ);
    expect(waited.slice(2)).toEqual([250]);
  });
});

describe('an endpoint', () => {
  it.each([
    ['post', '/v1/invoices/in_1MtHbELkdIwHu7ix/pay', 'POST /v1/invoices/{id}/pay'],
    ['GET', '/v1/invoices?customer=cus_1&limit=100', 'GET /v1/invoices'],
    [
      'GET',
      '/v1/billing/meters/mtr_test_61Q8nQMqIFK9fRQmr/event_summaries',
      'GET /v1/billing/meters/{id}/event_summaries',
    ],
    ['POST', '/v1/billing/meter_events', 'POST /v1/billing/meter_events'],
    ['GET', '/v1/subscription_items', 'GET /v1/subscription_items'],
  ])('%s %s is %s', (method, path, endpoint) => {
    expect(endpointOf(method, path)).toBe(endpoint);
  });
});
