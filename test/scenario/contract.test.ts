import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { aCall, aDataSession, anSms, aVoid } from '#test/builders/usage.ts';
import { type Heard, Outsider } from '#test/parts/outsider.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

// The outside contract as somebody reads it who has nothing but the page, the addresses and the key that are printed.
// It stands at 2026-11-01T00:00:00Z, with the sample catalog and without sample accounts.

const prepared = usePreparedCloud({ catalog: 'infra/catalog' });
let api: Outsider;

// The account and the line of contract section 8.
const ACCOUNT = {
  name: 'Example AB',
  email: 'billing@example.com',
  phone: '+46701110000',
  address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' },
  locale: 'sv',
  currency: 'SEK',
  timezone: 'Europe/Stockholm',
  delivery: ['email'],
  itemised: true,
  billingDay: 1,
};
const LINE = { msisdn: '+46701234567', plan: 'mobile-10', addOns: [], from: '2026-11-01T00:00:00Z' };
const CALL = aCall({ startedAt: '2026-11-01T00:00:00Z' });
const MEBIBYTE = 1024 * 1024;

beforeAll(() => {
  api = new Outsider(prepared.cloud.api);
});

function expectProblem({ headers, body }: Heard, status: number, code: string): void {
  expect(body).toEqual({
    type: expect.any(String),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    code,
    ...('errors' in body && { errors: expect.any(Array) }),
  });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('x-request-id')).toMatch(/.{8,}/);
}

/** Posts and lets intake count: what became of the batch. */
async function counted(records: unknown, query = ''): Promise<Heard['body']> {
  const { body } = await api.post(`/v1/usage${query}`, records);
  await prepared.cloud.settle();
  return (await api.get(body.status)).body;
}

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
});

describe('conventions (section 1)', () => {
  test.each([
    ['no key', null],
    ['an unknown key', 'dk_nobody'],
    ['something that is no key', '"'],
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

  test.each(['/v1/nothing', '/', '/v1/accounts/acc-1/nothing'])('404 at %s', async path => {
    expectProblem(await api.get(path), 404, 'no-such-route');
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
    const heard = await api.put('/v1/accounts/acc-9', { ...ACCOUNT, address: { country: 'Sweden' }, billingDay: 29 });

    expectProblem(heard, 422, 'invalid-body');
    expect(heard.body.errors).toContainEqual({ path: 'billingDay', code: 'too-big', message: expect.any(String) });
    expect(heard.body.errors).toContainEqual({ path: 'address/city', code: 'required', message: expect.any(String) });
  });
});

describe('accounts and lines (section 3)', () => {
  test('PUT makes an account once, and Stripe’s customer with it', async () => {
    const made = await api.put('/v1/accounts/acc-1', ACCOUNT);
    const again = await api.put('/v1/accounts/acc-1', ACCOUNT);

    expect([made.status, again.status]).toEqual([201, 200]);
    expect(made.body).toMatchObject({ ...ACCOUNT, stripeCustomer: expect.stringMatching(/^cus_/) });
    expect(again.body).toEqual(made.body);
    expect((await api.get('/v1/accounts/acc-1')).body).toEqual(made.body);
    expect((await prepared.stripe.customers.list({ email: ACCOUNT.email })).data).toHaveLength(1);
  });

  test('PUT makes a line once; without a way to pay it is pending, with one it is active', async () => {
    const pending = await api.put('/v1/accounts/acc-1/lines/line-1', LINE);
    await payByCard('acc-1');
    await api.post('/_local/clock', { by: 'PT25H' });
    const again = await api.put('/v1/accounts/acc-1/lines/line-1', LINE);

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
    ['a number in use', { ...LINE }, 409, 'number-taken'],
    ['an unknown plan', { msisdn: '+46701234599', plan: 'gold' }, 422, 'unknown-plan'],
    ['a number that is none', { msisdn: '0701234567', plan: 'mobile-10' }, 422, 'invalid-body'],
    ['an add-on', { msisdn: '+46701234599', plan: 'mobile-10', addOns: ['boost'] }, 422, 'not-yet-supported'],
  ])('refuses a line with %s', async (_, body, status, code) => {
    expectProblem(await api.put('/v1/accounts/acc-1/lines/line-x', body), status, code);
  });

  test.each([
    ['without e-mail', { ...ACCOUNT, email: undefined }, 'invalid-body'],
    ['in a currency without prices', { ...ACCOUNT, currency: 'USD' }, 'currency-not-priced'],
    ['with an unknown time zone', { ...ACCOUNT, timezone: 'Europe/Malmö' }, 'invalid-body'],
    ['with an unknown brand', { ...ACCOUNT, brand: 'other' }, 'unknown-brand'],
  ])('refuses an account %s', async (_, body, code) => {
    expectProblem(await api.put('/v1/accounts/acc-2', body), 422, code);
  });

  test('keeps the currency once something was invoiced', async () => {
    expectProblem(await api.put('/v1/accounts/acc-1', { ...ACCOUNT, currency: 'EUR' }), 409, 'currency-fixed');
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

describe('usage (section 2)', () => {
  test.each([
    ['an array', 'application/json', [aCall(), aCall()]],
    ['records', 'application/json', { records: [aCall(), aCall()] }],
    ['NDJSON', 'application/x-ndjson', [aCall(), aCall()].map(record => `${JSON.stringify(record)}\n`).join('')],
  ])('is posted as %s', async (_, contentType, body) => {
    await api.post('/_local/clock', { to: '2026-11-03T00:00:00Z' }).catch(() => undefined);
    const { status, body: answer } = await api.post('/v1/usage', body, { headers: { 'content-type': contentType } });

    expect(status).toBe(202);
    expect(answer).toEqual({
      batch: expect.any(String),
      received: 2,
      accepted: 2,
      rejected: [],
      status: `/v1/usage/batches/${answer.batch}`,
    });
    await prepared.cloud.settle();
    expect((await api.get(answer.status)).body).toMatchObject({
      batch: answer.batch,
      state: 'counted',
      accepted: 2,
      counted: 2,
      duplicates: 0,
      conflicts: [],
      quarantined: 0,
    });
  });

  test.each<[string, object, string]>([
    ['without id', { id: undefined }, 'id required'],
    ['with an id of 65 characters', { id: 'x'.repeat(65) }, 'id not-printable'],
    ['without line', { line: undefined }, 'line required'],
    ['with a national number', { line: '0701234567' }, 'line wrong-format'],
    ['of an odd kind', { kind: 'Voice Call' }, 'kind wrong-format'],
    ['in an odd direction', { direction: 'up' }, 'direction not-allowed'],
    ['without peer', { peer: undefined }, 'peer required'],
    ['without time', { startedAt: undefined }, 'startedAt required'],
    ['at an hour that no day has', { startedAt: '2026-11-02T24:00:00Z' }, 'startedAt wrong-format'],
    ['with a time without offset', { startedAt: '2026-11-01T00:00:00' }, 'startedAt wrong-format'],
    ['more than five minutes ahead', { startedAt: '2026-11-03T00:05:00.001Z' }, 'startedAt in-future'],
    ['of more than two years ago', { startedAt: '2024-11-02T23:59:59Z' }, 'startedAt too-old'],
    ['with negative seconds', { seconds: -1 }, 'seconds too-small'],
    ['with half a second', { seconds: 0.5 }, 'seconds not-an-integer'],
    ['with more than 10⁶ seconds', { seconds: 1_000_001 }, 'seconds too-big'],
    ['with bytes for a call', { bytes: 1 }, 'bytes wrong-unit'],
    ['with an odd network', { network: 'telia' }, 'network wrong-format'],
    ['with a field that nobody knows', { colour: 'blue' }, 'colour unknown-field'],
    ['that withdraws and tells more', { voids: 'r-0' }, 'peer not-with-voids'],
  ])('refuses a record %s, and not its neighbour', async (_, fields, error) => {
    const { status, body } = await api.post('/v1/usage', [aCall({ id: 'good' }), { ...aCall(), ...fields }]);

    expect([status, body.received, body.accepted]).toEqual([202, 2, 1]);
    expect(body.rejected).toMatchObject([{ index: 1 }]);
    expect(body.rejected[0].errors.map((one: { path: string; code: string }) => `${one.path} ${one.code}`)).toContain(
      error,
    );
  });

  test('takes what is just within the limits', async () => {
    const records = [
      aCall({ startedAt: '2026-11-03T00:05:00Z', seconds: 1_000_000 }),
      aDataSession({ bytes: 10_000_000_000_000, network: '310410' }),
      anSms({ count: 1_000_000, peer: '72000' }),
      aCall({ id: 'ÅÄÖ 漢字 ✓', line: 'imsi:240011234567890', direction: 'in', peer: undefined }),
      aCall({ line: 'iccid:89460012345678901234' }),
      aCall({ line: 'line:line-1', cost: { amount: '0.25', currency: 'EUR' } }),
      { id: 'coffee', line: '+46701234567', kind: 'vending-machine', startedAt: '2026-11-02T08:00:00+01:00' },
    ];
    const { status, body } = await api.post('/v1/usage', records);

    expect([status, body.accepted, body.rejected]).toEqual([202, records.length, []]);
  });

  test('answers 422 with the same body when not one record is acceptable', async () => {
    const heard = await api.post('/v1/usage', [{}, { id: 'a' }]);

    expect(heard.status).toBe(422);
    expect(heard.headers.get('content-type')).toBe('application/problem+json');
    expect(heard.body).toMatchObject({ code: 'no-acceptable-record', received: 2, accepted: 0 });
    expect(heard.body.rejected).toHaveLength(2);
  });

  test('takes 1 to 10 000 records', async () => {
    const call = (n: number) =>
      aCall({ id: `many-${n}`, startedAt: new Date(Date.UTC(2026, 10, 1) + n * 10_000).toISOString() });
    const many = Array.from({ length: 10_001 }, (_, n) => call(n));

    expect((await api.post('/v1/usage', [])).status).toBe(422);
    expect((await api.post('/v1/usage', many)).status).toBe(413);
    expect(await counted(many.slice(0, 10_000))).toMatchObject({ state: 'counted', accepted: 10_000, counted: 10_000 });
    const { body } = await api.get('/v1/accounts/acc-1/records?limit=500&from=2026-11-01T00:00:00Z&kind=voice');
    expect([body.items.length, typeof body.next]).toEqual([500, 'string']);
  });

  test('answers a batch id and its content the same way again, and other content with 409', async () => {
    const records = [aCall(), { id: 'bad' }];
    const first = await api.post('/v1/usage?batch=night-1', records);
    await api.post('/_local/clock', { by: 'PT1M' });
    const again = await api.post('/v1/usage?batch=night-1', records);

    expect([first.status, again.status]).toEqual([202, 202]);
    expect(first.body).toMatchObject({ batch: 'night-1', status: '/v1/usage/batches/night-1' });
    expect(again.body).toEqual(first.body);
    expectProblem(await api.post('/v1/usage?batch=night-1', [aCall()]), 409, 'batch-id-reused');
    expectProblem(await api.post('/v1/usage?batch=%2F', [aCall()]), 400, 'invalid-query');
    expectProblem(await api.get('/v1/usage/batches/never'), 404, 'no-such-batch');
  });

  test('tells repeats, contradictions and what nobody owns; a void may come first', async () => {
    const call = aCall({ id: 'known' });
    const withdrawn = aCall({ id: 'withdrawn' });
    await counted([call, aVoid(withdrawn)]);

    const verdict = await counted([call, { ...call, seconds: 61 }, withdrawn, aCall({ line: '+46709999999' })]);

    expect(verdict).toMatchObject({
      accepted: 4,
      counted: 3,
      duplicates: 1,
      conflicts: [{ id: 'known' }],
      quarantined: 1,
    });
    const { body } = await api.get('/v1/accounts/acc-1/records?state=voided');
    expect(body.items).toMatchObject([{ id: 'withdrawn', source: 'local', state: 'voided' }]);
  });

  test('quarantine tells record and reason, by code, line and source', async () => {
    const unknown = await api.get(`/v1/quarantine?code=unknown-line&line=${encodeURIComponent('+46709999999')}`);
    const conflicts = await api.get('/v1/quarantine?code=conflict&source=local');
    const redriven = await api.post('/v1/quarantine/redrive', { code: 'unknown-line' });

    expect(unknown.body.items).toMatchObject([{ code: 'unknown-line', source: 'local', line: '+46709999999' }]);
    expect(conflicts.body.items).toMatchObject([{ code: 'conflict', id: 'known', seconds: 61 }]);
    expect(redriven.status).toBe(200);
    expectProblem(await api.get('/v1/quarantine?code=lost'), 400, 'invalid-query');
  });

  test.each(['current', '2026-11'])('is read for the period %s', async period => {
    const { status, body } = await api.get(`/v1/accounts/acc-1/usage?period=${period}`);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      account: 'acc-1',
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
      ratedAt: expect.stringMatching(/^2026-11-03T00:0\dZ?/),
      pools: [],
      estimate: { subtotal: expect.stringMatching(/^\d+\.\d{2,}$/), currency: 'SEK' },
    });
    expect(body.lines.map(({ line, plan }: { line: string; plan: string }) => [line, plan])).toEqual([
      ['line-1', 'mobile-10'],
      ['line-2', 'pay-as-you-go'],
    ]);
    expect(body.lines[0].allowances[0]).toMatchObject({ id: 'minutes', unit: 's', included: 6000, rolledOver: 0 });
  });

  test('is read for the period before, and for no period that is none', async () => {
    const { body } = await api.get('/v1/accounts/acc-1/usage?period=previous');

    expect(body.period).toEqual({ start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z' });
    expectProblem(await api.get('/v1/accounts/acc-1/usage?period=2026-13'), 400, 'invalid-query');
  });

  test.each(['from=2026-11-02T09:00:00%2B01:00', 'from=2026-11-02T09:00:00+01:00', 'from=2026-11-02t08:00:00z'])(
    'is itemised by times with an offset: %s',
    async from => {
      const { status, body } = await api.get(`/v1/accounts/acc-1/records?kind=data&${from}&to=2026-11-02T08:00:01Z`);

      expect([status, body.items.length]).toEqual([200, 1]);
    },
  );

  test('is itemised with everything that the contract names', async () => {
    const { body } = await api.get('/v1/accounts/acc-1/records?kind=data&limit=1');

    expect(Object.keys(body.items[0]).sort()).toEqual(
      [
        ...['id', 'source', 'line', 'kind', 'direction', 'startedAt', 'peer', 'destination', 'network', 'units'],
        ...['charge', 'amount', 'currency', 'state', 'reason', 'invoice'],
      ].sort(),
    );
    expect(body.items[0]).toMatchObject({
      startedAt: '2026-11-02T08:00:00Z',
      network: '310410',
      units: { actual: 10_000_000_000_000, billed: 10_000_000_000_000, covered: 0, priced: 10_000_000_000_000 },
      charge: 'data-roaming',
      state: 'open',
    });
  });
});

test('all that Stripe heard and said is as Stripe describes it', () => {
  expect(prepared.oracle.invalid).toEqual([]);
});

async function payByCard(account: string): Promise<void> {
  const { body } = await api.get(`/v1/accounts/${account}`);
  const card = await prepared.stripe.paymentMethods.attach('pm_card_visa', { customer: body.stripeCustomer });
  const settings = { invoice_settings: { default_payment_method: card.id } };
  await prepared.stripe.customers.update(body.stripeCustomer, settings);
}

/** As an operator makes one. */
async function madeKey(...options: readonly string[]): Promise<string> {
  const { endpoint, region } = prepared.cloud.aws;
  const account = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const env = { ...process.env, ...account, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region };
  const command = ['infra/cli/dunlin.ts', 'key', 'create', '--label', 'test', ...options];
  return (await promisify(execFile)(process.execPath, command, { env })).stdout.trim();
}
