import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { CONTRACT_ACCOUNT, CONTRACT_LINE } from '#test/builders/contract.ts';
import { aCall } from '#test/builders/usage.ts';
import { Outsider } from '#test/parts/outsider.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { expectProblem } from './expect-problem.ts';
import { payByCard } from './pay-by-card.ts';

// The outside contract as somebody reads it who has nothing but the page, the addresses and the key that are printed.
// It stands at 2026-11-01T00:00:00Z, with the sample catalog and without sample accounts.

const prepared = usePreparedCloud({ catalog: 'infra/catalog' });
let api: Outsider;

const CALL = aCall({ startedAt: '2026-11-01T00:00:00Z' });
const MEBIBYTE = 1024 * 1024;

beforeAll(() => {
  api = new Outsider(prepared.cloud.api);
});

describe('the local cloud (section 9)', () => {
  test('tells its addresses without /v1, the time and its parts', async () => {
    const { status, body } = await api.get('/_local', { key: null });

    expect(status).toBe(200);
    expect(body).toEqual({
      now: '2026-11-01T00:00:00Z',
      api: prepared.cloud.api,
      stripe: prepared.cloud.twin.address,
      webhookSecret: expect.any(String),
      inbox: expect.stringMatching(/^http/),
      console: expect.stringMatching(/^http/),
      parts: expect.any(Object),
    });
  });

  test.each(['mails', 'sms', 'pushes', 'commands'])('has a list of %s, empty', async name => {
    expect((await api.get(`/_local/${name}`)).body).toEqual({ items: [] });
  });

  test('has no other address below /_local', async () => {
    expect((await api.get('/_local/nothing')).status).toBe(404);
  });

  test('plays Stripe for the ordinary client', async () => {
    const products = await prepared.stripe.products.list({ limit: 100 });

    expect(products.data.map(({ name }) => name)).toContain('Mobile 10');
  });

  test('moves the clock to a moment or by a duration, and never back', async () => {
    const by = await api.post('/_local/clock', { by: 'PT1H30M' });
    const to = await api.post('/_local/clock', { to: '2026-11-01T03:00:00+01:00' });
    const back = await api.post('/_local/clock', { to: '2026-11-01T00:00:00Z' });

    expect([by.status, by.body.now]).toEqual([200, '2026-11-01T01:30:00Z']);
    expect([to.status, to.body.now]).toEqual([200, '2026-11-01T02:00:00Z']);
    expect(back.status).toBe(422);
    expect((await api.get('/_local')).body.now).toBe('2026-11-01T02:00:00Z');
    expect((await api.post('/_local/settle', {})).status).toBe(200);
    expect((await api.post('/_local/settle', undefined)).status).toBe(200);
  });

  test.each([
    ['nothing', {}],
    ['both', { to: '2026-12-01T00:00:00Z', by: 'P1D' }],
    ['no time', { to: 'tomorrow' }],
    ['no duration', { by: '1 day' }],
    ['a negative duration', { by: '-P1D' }],
  ])('does not move it by %s', async (_, body) => {
    expect((await api.post('/_local/clock', body)).status).toBe(422);
  });

  test('replaces the faults in force as a set', async () => {
    const set = { down: false, latencyMs: 1, duplicate: true, reorder: true, dropRate: 0 };

    expect((await api.post('/_local/faults', { stripe: set })).status).toBe(200);
    expect((await api.post('/_local/faults', { stripe: { dropRate: 2 } })).status).toBe(422);
    expect((await api.post('/_local/faults', {})).body).toEqual({
      stripe: { down: false, latencyMs: 0, duplicate: false, reorder: false, dropRate: 0 },
    });
  });

  test('refuses calls to Stripe as planned, so many times', async () => {
    const call = 'POST /v1/customers';
    const planned = await api.post('/_local/faults', { stripe: { answers: [{ call, status: 429, times: 2 }] } });
    const make = () => prepared.stripe.customers.create({ name: 'Planned' }, { maxNetworkRetries: 0 });

    expect(planned.body).toMatchObject({ stripe: { answers: [{ call, status: 429, times: 2 }] } });
    await expect(make()).rejects.toMatchObject({ statusCode: 429, code: 'lock_timeout' });
    await expect(make()).rejects.toMatchObject({ statusCode: 429 });
    expect((await make()).name).toBe('Planned');
  });

  test.each([
    [{ call: 'POST /v1/invoices/{id}/pai', status: 429 }, 'not a call that the Stripe twin takes', 'answers[0].call'],
    [{ call: '/v1/invoices/{id}/pay', status: 429 }, 'is a method and a path', 'answers[0].call'],
    [{ call: 'POST /v1/invoices/{id}/pay', status: 200 }, 'from 400 to 599, or "lost"', 'answers[0].status'],
    [{ call: 'POST /v1/invoices/{id}/pay', status: 429, times: 0 }, '>=1', 'answers[0].times'],
    [{ call: 'POST /v1/invoices/{id}/pay', status: 429, time: 1 }, 'time', 'answers[0]'],
  ])('does not plan %j', async (answer, rule, field) => {
    const { status, body } = await api.post('/_local/faults', { stripe: { answers: [answer] } });

    expect(status).toBe(422);
    expect(body.detail).toContain(rule);
    expect(body.detail).toContain(`stripe.${field}`);
  });
});

describe('conventions (section 1)', () => {
  test.each([
    ['no key', null],
    ['an unknown key', 'dk_nobody'],
    ['something that is not a key', '"'],
  ])('401 with %s, for whatever there is', async (_, key) => {
    for (const path of ['/v1/accounts/acc-1', '/v1/quarantine', '/v1/usage/batches/b']) {
      const heard = await api.get(path, { key });
      expectProblem(heard, 401, 'unknown-key');
    }
    expectProblem(await api.post('/v1/usage', [CALL], { key }), 401, 'unknown-key');
  });

  test('403 where the key lacks the scope, or posts for no source', async () => {
    const reader = await madeKey('--scope', 'accounts:read');
    const sourceless = await madeKey('--scope', 'usage:write', '--source', 'switch-2');

    expectProblem(await api.post('/v1/usage', [CALL], { key: reader }), 403, 'missing-scope');
    expectProblem(await api.get('/v1/accounts/acc-1', { key: sourceless }), 403, 'missing-scope');
    expect((await api.post('/v1/usage', [CALL], { key: sourceless })).status).toBe(202);
  });

  test.each(['/v1/nothing', '/nothing', '/v1/accounts/acc-1/nothing'])('404 at %s', async path => {
    expectProblem(await api.get(path), 404, 'no-such-route');
  });

  test.each([
    ['GET', '/v1/usage', 'POST'],
    ['DELETE', '/v1/accounts/acc-1', 'GET, HEAD, PATCH, PUT'],
    ['GET', '/stripe/webhook', 'POST'],
  ])('405 to %s at %s, with the methods that there are', async (method, path, allow) => {
    const refused = await api.send(method, path, {});

    expectProblem(refused, 405, 'method-not-allowed');
    expect(refused.headers.get('allow')?.split(', ').sort().join(', ')).toBe(allow);
  });

  test.each([
    ['text', 'text/plain', JSON.stringify([CALL]), 415, 'unsupported-content-type'],
    ['a form', 'application/x-www-form-urlencoded', 'a=b', 415, 'unsupported-content-type'],
    ['another charset', 'application/json; charset=latin1', JSON.stringify([CALL]), 415, 'unsupported-charset'],
    ['half a JSON', 'application/json', '[{"id": "a"', 400, 'not-json'],
    ['nothing', 'application/json', '', 400, 'not-json'],
    ['deep nesting', 'application/json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'nested-too-deep'],
    ['more than 4 MB', 'application/json', 'x'.repeat(4 * MEBIBYTE + 1), 413, 'body-too-large'],
  ])('a body of %s is refused', async (_, contentType, body, status, code) => {
    expectProblem(await api.post('/v1/usage', body, { headers: { 'content-type': contentType } }), status, code);
  });

  test('a compressed body is taken, unless it inflates to more than 10 MB or is not what it says', async () => {
    const taken = await api.post('/v1/usage', [CALL], { gzip: true });
    const bomb = await api.post('/v1/usage', JSON.stringify('x'.repeat(11 * MEBIBYTE)), { gzip: true });
    const binary = await api.post('/v1/usage', new Uint8Array([0x22, 0xff, 0x22]), { gzip: true });
    const wrong = await api.post('/v1/usage', [CALL], { headers: { 'content-encoding': 'gzip' } });
    const brotli = await api.post('/v1/usage', [CALL], { headers: { 'content-encoding': 'br' } });

    expect([taken.status, taken.body.accepted]).toEqual([202, 1]);
    expectProblem(bomb, 413, 'body-too-large');
    expectProblem(binary, 400, 'not-utf-8');
    expectProblem(wrong, 400, 'not-gzip');
    expectProblem(brotli, 415, 'unsupported-encoding');
  });

  test('a wrong field is named with path, code and message', async () => {
    const heard = await api.put('/v1/accounts/acc-9', {
      ...CONTRACT_ACCOUNT,
      address: { country: 'Sweden' },
      billingDay: 29,
    });

    expectProblem(heard, 422, 'invalid-body');
    expect(heard.body.errors).toContainEqual({ path: 'billingDay', code: 'too-big', message: expect.any(String) });
    expect(heard.body.errors).toContainEqual({ path: 'address/city', code: 'required', message: expect.any(String) });
  });
});

describe('accounts and lines (section 3)', () => {
  test('PUT makes an account once, and Stripe’s customer with it', async () => {
    const made = await api.put('/v1/accounts/acc-1', CONTRACT_ACCOUNT);
    const again = await api.put('/v1/accounts/acc-1', CONTRACT_ACCOUNT);

    expect([made.status, again.status]).toEqual([201, 200]);
    expect(made.body).toMatchObject({ ...CONTRACT_ACCOUNT, stripeCustomer: expect.stringMatching(/^cus_/) });
    expect(again.body).toEqual(made.body);
    expect((await api.get('/v1/accounts/acc-1')).body).toEqual(made.body);
    expect((await prepared.stripe.customers.list({ email: CONTRACT_ACCOUNT.email })).data).toHaveLength(1);
  });

  test('PUT makes a line once; without a way to pay it is pending, with one it is active', async () => {
    const pending = await api.put('/v1/accounts/acc-1/lines/line-1', CONTRACT_LINE);
    await payByCard(prepared, 'acc-1');
    await api.post('/_local/clock', { by: 'PT25H' });
    const again = await api.put('/v1/accounts/acc-1/lines/line-1', CONTRACT_LINE);

    expect([pending.status, pending.body.state]).toEqual([201, 'pending']);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({
      line: 'line-1',
      state: 'active',
      plan: 'mobile-10',
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
    });
    expect((await api.get('/v1/accounts/acc-1/lines/line-1')).body).toEqual(again.body);
  });

  test.each([
    ['a number in use', { ...CONTRACT_LINE }, 409, 'number-taken'],
    ['an unknown plan', { msisdn: '+46701234599', plan: 'gold' }, 422, 'unknown-plan'],
    ['a number that is none', { msisdn: '0701234567', plan: 'mobile-10' }, 422, 'invalid-body'],
    ['an add-on', { msisdn: '+46701234599', plan: 'mobile-10', addOns: ['boost'] }, 422, 'unknown-add-on'],
  ])('refuses a line with %s', async (_, body, status, code) => {
    expectProblem(await api.put('/v1/accounts/acc-1/lines/line-x', body), status, code);
  });

  test.each([
    ['without e-mail', { ...CONTRACT_ACCOUNT, email: undefined }, 'invalid-body'],
    ['in a currency without prices', { ...CONTRACT_ACCOUNT, currency: 'USD' }, 'currency-not-priced'],
    ['with an unknown time zone', { ...CONTRACT_ACCOUNT, timezone: 'Europe/Malmö' }, 'invalid-body'],
    ['with an unknown brand', { ...CONTRACT_ACCOUNT, brand: 'other' }, 'unknown-brand'],
  ])('refuses an account %s', async (_, body, code) => {
    expectProblem(await api.put('/v1/accounts/acc-2', body), 422, code);
  });

  test('keeps the currency once something was invoiced', async () => {
    expectProblem(await api.put('/v1/accounts/acc-1', { ...CONTRACT_ACCOUNT, currency: 'EUR' }), 409, 'currency-fixed');
  });

  test.each([
    '/v1/accounts/nobody',
    '/v1/accounts/nobody/lines',
    '/v1/accounts/nobody/usage',
    '/v1/accounts/nobody/records',
  ])('404 for %s', async path => {
    expectProblem(await api.get(path), 404, 'unknown-account');
  });

  test('lists lines newest first, page by page, and takes no cursor or limit that it cannot have given', async () => {
    await api.put('/v1/accounts/acc-1/lines/line-2', { msisdn: '+46701234568', plan: 'pay-as-you-go' });
    const first = await api.get('/v1/accounts/acc-1/lines?limit=1');
    const second = await api.get(`/v1/accounts/acc-1/lines?limit=1&cursor=${first.body.next}`);

    expect(first.body).toMatchObject({ items: [{ line: 'line-2' }], next: expect.any(String) });
    expect(second.body).toMatchObject({ items: [{ line: 'line-1' }], next: null });
    expectProblem(await api.get('/v1/accounts/acc-1/lines?cursor=nonsense'), 400, 'invalid-cursor');
    for (const limit of ['0', '501', 'all']) {
      expectProblem(await api.get(`/v1/accounts/acc-1/lines?limit=${limit}`), 400, 'invalid-query');
    }
  });
});

test('all that Stripe heard and said is as Stripe describes it', () => {
  expect(prepared.oracle.invalid).toEqual([]);
});

/** As an operator makes one. */
async function madeKey(...options: readonly string[]): Promise<string> {
  const { endpoint, region } = prepared.cloud.aws;
  const account = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const env = { ...process.env, ...account, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region };
  const command = ['infra/cli/dunlin.ts', 'key', 'create', '--label', 'test', ...options];
  return (await promisify(execFile)(process.execPath, command, { env })).stdout.trim();
}
