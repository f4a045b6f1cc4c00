import { beforeAll, describe, expect, it } from 'vitest';
import { accountRoutes } from '#functions/account-api/account-routes.ts';
import { readingRoutes } from '#functions/account-api/reading-routes.ts';
import type { AccountApiServices } from '#functions/account-api/services.ts';

import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import { makeKey } from '#shared/access/make-key.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { answersIn } from '#shared/platform/http/kept-answers.ts';
import { CONTRACT_ACCOUNT, CONTRACT_LINE } from '#test/builders/contract.ts';
import { ask } from '#test/builders/http.ts';
import { aCall, aDataSession, anSms } from '#test/builders/usage.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { listIn, objectIn, textIn } from '#test/parts/answer-body.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld();
let key: string;
let handler: ReturnType<typeof httpFunction>;

beforeAll(async () => {
  const { ledger, clock } = world.accounts.services;
  key = await makeKey(ledger, { scopes: ['accounts:write', 'accounts:read'], label: 'test' }, clock);
  const services: AccountApiServices = {
    authenticate: ledgerKeys(ledger, clock),
    keptAnswers: answersIn(ledger, clock),
    accounts: world.accounts.services,
    rating: world.services.metering,
    manifests: world.services.metering.manifests,
    bills: billsIn(world.accounts.s3, world.accounts.bucket),
  };
  handler = httpFunction({ routes: [...accountRoutes, ...readingRoutes], services: () => services });
});

function send(method: string, path: string, body?: unknown, withKey: string | undefined = key) {
  return ask(handler, { method, path, key: withKey, ...(body !== undefined && { body }) });
}

describe('accounts over HTTP', () => {
  it('are made with 201, repeated with 200, and told with their customer at Stripe', async () => {
    const made = await send('PUT', '/v1/accounts/acc-1', CONTRACT_ACCOUNT);
    const again = await send('PUT', '/v1/accounts/acc-1', CONTRACT_ACCOUNT);
    const read = await send('GET', '/v1/accounts/acc-1');

    expect([made.status, again.status, read.status]).toEqual([201, 200, 200]);
    expect(made.body).toMatchObject({ account: 'acc-1', ...CONTRACT_ACCOUNT, collection: 'automatic' });
    expect(made.body.stripeCustomer).toMatch(/^cus_/);
    expect(read.body).toEqual(made.body);
    expect(again.body).toEqual(made.body);
  });

  it('give Stripe what it needs for mails and invoices', async () => {
    const { body } = await send('GET', '/v1/accounts/acc-1');

    expect(await world.accounts.stripe.customers.retrieve(textIn(body, 'stripeCustomer'))).toMatchObject({
      name: 'Example AB',
      email: 'billing@example.com',
      phone: '+46701110000',
      preferred_locales: ['sv'],
      address: { line1: 'Storgatan 1', city: 'Malmö', postal_code: '21142', country: 'SE' },
      metadata: { dunlin_account: 'acc-1' },
    });
  });

  it('keep what a later request leaves out', async () => {
    await send('PUT', '/v1/accounts/acc-2', { ...CONTRACT_ACCOUNT, segment: 'consumer' });

    const { name, email, currency } = CONTRACT_ACCOUNT;
    const { status, body } = await send('PUT', '/v1/accounts/acc-2', { name: `${name} (publ)`, email, currency });

    expect(status).toBe(200);
    expect(body).toMatchObject({ ...CONTRACT_ACCOUNT, name: 'Example AB (publ)', segment: 'consumer' });
    expect(body.changed).toEqual(['name']);
  });

  it('take the defaults where null is sent, and say what changed', async () => {
    const nulls = { phone: null, address: null, segment: null, locale: null, timezone: null };

    const { body } = await send('PUT', '/v1/accounts/acc-2', { ...CONTRACT_ACCOUNT, ...nulls });

    expect(body).not.toHaveProperty('phone');
    expect(body).not.toHaveProperty('address');
    expect(body).not.toHaveProperty('segment');
    // The sample's brand has its zone and its language.
    expect(body).toMatchObject({ locale: 'en', timezone: 'Europe/Stockholm' });
    expect(body.changed).toEqual(['name', 'phone', 'address', 'locale', 'segment']);
    const customer = await world.accounts.stripe.customers.retrieve(textIn(body, 'stripeCustomer'));
    expect(customer).toMatchObject({ phone: null, address: null });
  });

  it('have the zone of the brand and the country of the operator where they name none', async () => {
    const { name, email, currency } = CONTRACT_ACCOUNT;
    const address = { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142' };

    const { status, body } = await send('PUT', '/v1/accounts/acc-4', { name, email, currency, address });

    expect(status).toBe(201);
    expect(body).toMatchObject({ timezone: 'Europe/Stockholm', locale: 'en', address: { ...address, country: 'SE' } });
  });

  it('are changed by a merge patch, under either content type', async () => {
    await send('PUT', '/v1/accounts/acc-5', { ...CONTRACT_ACCOUNT, externalIds: { crm: '4711' } });
    const patch = (body: unknown, type: string) =>
      ask(handler, { method: 'PATCH', path: '/v1/accounts/acc-5', key, body, headers: { 'content-type': type } });

    const first = await patch({ email: 'new@example.com', address: { city: 'Lund' } }, 'application/merge-patch+json');
    const second = await patch({ externalIds: { crm: null, erp: '12' }, phone: null }, 'application/json');
    const repeated = await patch({ externalIds: { crm: null, erp: '12' }, phone: null }, 'application/json');

    expect(first).toMatchObject({ status: 200, body: { changed: ['email', 'address'] } });
    expect(second).toMatchObject({ status: 200, body: { changed: ['phone', 'externalIds'] } });
    const { phone, ...rest } = CONTRACT_ACCOUNT;
    const now = { ...rest, email: 'new@example.com', address: { ...rest.address, city: 'Lund' } };
    expect(repeated.body).toMatchObject({ ...now, externalIds: { erp: '12' } });
    expect(repeated.body).not.toHaveProperty('changed');
    expect(repeated.body).not.toHaveProperty('phone');
    expect(await patch({}, 'text/plain')).toMatchObject({ status: 415 });
    expect(await patch({ colour: 'blue' }, 'application/json')).toMatchObject({ status: 422 });
    expect(await send('PATCH', '/v1/accounts/nobody', {})).toMatchObject({ status: 404 });
  });

  it.each([
    ['a field that does not exist', { ...CONTRACT_ACCOUNT, colour: 'blue' }, { path: 'colour', code: 'unknown-field' }],
    ['a missing name', { ...CONTRACT_ACCOUNT, name: undefined }, { path: 'name', code: 'required' }],
    [
      'a bad city',
      { ...CONTRACT_ACCOUNT, address: { ...CONTRACT_ACCOUNT.address, city: '' } },
      { path: 'address/city', code: 'too-small' },
    ],
  ])('refuse %s and name it', async (_, body, error) => {
    const answer = await send('PUT', '/v1/accounts/acc-3', body);

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'invalid-body', errors: [expect.objectContaining(error)] });
  });

  it.each([
    ['without a key', 'GET', '/v1/accounts/acc-1', 'none', 401],
    ['that are not there', 'GET', '/v1/accounts/nobody', undefined, 404],
    ['with an id that cannot be one', 'GET', '/v1/accounts/a%20b', undefined, 400],
  ])('%s are answered plainly', async (_, method, path, withKey, status) => {
    const answer = await send(method, path, undefined, withKey ?? key);

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });
});

describe('lines over HTTP', () => {
  beforeAll(async () => {
    const { body } = await send('PUT', '/v1/accounts/acc-1', CONTRACT_ACCOUNT);
    await giveCard(world.accounts, textIn(body, 'stripeCustomer'));
  });

  it('are made with 201 and answered as the contract shows them', async () => {
    const made = await send('PUT', '/v1/accounts/acc-1/lines/line-1', CONTRACT_LINE);
    const again = await send('PUT', '/v1/accounts/acc-1/lines/line-1', CONTRACT_LINE);
    const read = await send('GET', '/v1/accounts/acc-1/lines/line-1');

    expect([made.status, again.status, read.status]).toEqual([201, 200, 200]);
    expect(made.body).toEqual({
      line: 'line-1',
      state: 'active',
      plan: 'mobile-10',
      addOns: [],
      msisdn: '+46701234567',
      names: ['+46701234567', 'line:line-1'],
      from: '2026-11-01T00:00:00Z',
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
    });
    expect(read.body).toEqual(made.body);
  });

  it('are listed newest first, page by page', async () => {
    await send('PUT', '/v1/accounts/acc-1/lines/line-2', { msisdn: '+46701234568', plan: 'pay-as-you-go' });
    await send('PUT', '/v1/accounts/acc-1/lines/line-3', { msisdn: '+46701234569', plan: 'pay-as-you-go' });

    const first = await send('GET', '/v1/accounts/acc-1/lines?limit=2');
    const second = await send('GET', `/v1/accounts/acc-1/lines?limit=2&cursor=${first.body.next}`);

    expect(listIn(first.body).map(({ line }) => line)).toEqual(['line-3', 'line-2']);
    expect(listIn(second.body).map(({ line }) => line)).toEqual(['line-1']);
    expect(second.body.next).toBeNull();
  });

  it('keep the SIM that a later request leaves out, and lose the one that is null', async () => {
    const account = await send('PUT', '/v1/accounts/acc-6', CONTRACT_ACCOUNT);
    await giveCard(world.accounts, textIn(account.body, 'stripeCustomer'));
    const path = '/v1/accounts/acc-6/lines/line-4';
    const fields = { msisdn: '+46701234570', plan: 'pay-as-you-go' };
    await send('PUT', path, { ...fields, imsi: '240011234567890', iccid: '89460000000000000001' });

    const moved = await send('PUT', path, { ...fields, msisdn: '+46701234571' });
    const patched = await send('PATCH', path, { iccid: null });
    const swapped = await send('PATCH', path, { imsi: '240011234567891' });

    expect(moved.body).toMatchObject({ imsi: '240011234567890', iccid: '89460000000000000001', changed: ['msisdn'] });
    expect(patched.body.changed).toEqual(['iccid']);
    expect(swapped.body).toMatchObject({ msisdn: '+46701234571', imsi: '240011234567891', changed: ['imsi'] });
    expect(swapped.body.names).toEqual(['line:line-4', '+46701234571', 'imsi:240011234567891']);
    expect(swapped.body).not.toHaveProperty('iccid');
  });

  it('refuse a patch of a line that is not there, or of its start', async () => {
    const nowhere = await send('PATCH', '/v1/accounts/acc-1/lines/line-99', {});
    const start = await send('PATCH', '/v1/accounts/acc-1/lines/line-1', { from: '2026-11-02T00:00:00Z' });

    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'unknown-line']);
    expect(start).toMatchObject({ status: 422, body: { errors: [{ path: 'from', code: 'unknown-field' }] } });
  });

  it('refuse a number in use, and a cursor that nobody gave', async () => {
    const taken = await send('PUT', '/v1/accounts/acc-1/lines/line-9', CONTRACT_LINE);
    const cursor = await send('GET', '/v1/accounts/acc-1/lines?cursor=xyz');

    expect([taken.status, taken.body.code]).toEqual([409, 'number-taken']);
    expect([cursor.status, cursor.body.code]).toEqual([400, 'invalid-cursor']);
  });
});

describe('usage over HTTP', () => {
  beforeAll(async () => {
    await world.accounts.moveTo('2026-11-10T12:00:00Z');
    await world.post(
      aCall({ id: 'call-1', startedAt: '2026-11-02T08:00:00Z', seconds: 65 }),
      anSms({ id: 'sms-1', startedAt: '2026-11-03T08:00:00Z', peer: '+12125550100' }),
      aDataSession({ id: 'data-1', startedAt: '2026-11-04T08:00:00Z', bytes: 10_000_000_000 }),
      aDataSession({ id: 'data-2', startedAt: '2026-11-05T08:00:00Z', bytes: 1_500_000_000 }),
    );
  });

  it('is rated at the moment of the call', async () => {
    const { status, body } = await send('GET', '/v1/accounts/acc-1/usage?period=current');
    const line = listIn(body, 'lines').find(one => one.line === 'line-1');

    expect(status).toBe(200);
    expect(body.period).toEqual({ start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' });
    // 65 s of 100 min; all 10 GB used, 1.5 GB beyond it are two steps of 1 GB at 99.00; one SMS abroad at 1.00
    expect(line?.allowances).toContainEqual(
      expect.objectContaining({ id: 'minutes', unit: 's', included: 6000, used: 65, remaining: 5935 }),
    );
    expect(line?.charges).toContainEqual(
      expect.objectContaining({
        id: 'data-extra',
        units: 1_500_000_000,
        quantity: 2,
        amount: '198.00',
        currency: 'SEK',
      }),
    );
    expect(line?.charges).toContainEqual(expect.objectContaining({ id: 'sms', quantity: 1, amount: '1.00' }));
    // Fees 159.00 + 2 × 19.00, and 198.00 + 1.00
    expect(body.estimate).toEqual({ subtotal: '396.00', currency: 'SEK' });
  });

  it('of a month is that of the period that begins in it', async () => {
    const named = await send('GET', '/v1/accounts/acc-1/usage?period=2026-11');
    const previous = await send('GET', '/v1/accounts/acc-1/usage?period=previous');

    expect(objectIn(named.body, 'estimate').subtotal).toBe('396.00');
    expect(previous.body.period).toEqual({ start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z' });
  });

  it('is itemised newest first, page by page, each record with its state', async () => {
    const first = await send('GET', '/v1/accounts/acc-1/records?limit=3');
    const second = await send('GET', `/v1/accounts/acc-1/records?limit=3&cursor=${first.body.next}`);

    const states = [...listIn(first.body), ...listIn(second.body)].map(({ id, state }) => [id, state]);
    expect(first.body.items).toHaveLength(3);
    expect(second.body.next).toBeNull();
    expect(states).toEqual([
      ['data-2', 'open'],
      ['data-1', 'covered'],
      ['sms-1', 'open'],
      ['call-1', 'covered'],
    ]);
    expect(listIn(second.body)[0]).toMatchObject({
      id: 'call-1',
      source: 'msc-1',
      line: 'line-1',
      startedAt: '2026-11-02T08:00:00Z',
      units: { actual: 65, billed: 65, covered: 65, priced: 0 },
      state: 'covered',
      reason: 'allowance',
      invoice: null,
    });
  });

  it.each([
    ['kind=sms', ['sms-1']],
    ['id=data-1', ['data-1']],
    ['id=data-1&source=msc-2', []],
    ['source=msc-1&kind=voice', ['call-1']],
    ['state=covered', ['data-1', 'call-1']],
    ['line=line-2', []],
    ['from=2026-11-03T00:00:00Z&to=2026-11-05T00:00:00Z', ['data-1', 'sms-1']],
    ['from=2026-09-01T00:00:00Z', ['data-2', 'data-1', 'sms-1', 'call-1']],
  ])('is filtered by %s', async (query, ids) => {
    const { body } = await send('GET', `/v1/accounts/acc-1/records?${query}`);

    expect(listIn(body).map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['period=yesterday', 'usage'],
    ['period=2026-13', 'usage'],
    ['state=lost', 'records'],
    ['from=yesterday', 'records'],
    ['colour=blue', 'records'],
  ])('refuses %s', async (query, what) => {
    expect((await send('GET', `/v1/accounts/acc-1/${what}?${query}`)).status).toBe(400);
  });
});

describe('records of a period that is closed', () => {
  it('are billed on its invoice; one that comes later is carried', async () => {
    // given
    await world.runTo('2026-12-01T03:00:00Z');
    await world.post(anSms({ id: 'late', startedAt: '2026-11-20T08:00:00Z', peer: '+12125550100' }));
    // when
    const { body } = await send('GET', '/v1/accounts/acc-1/records?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z');
    // then
    const account = await send('GET', '/v1/accounts/acc-1');
    const invoices = await world.accounts.stripe.invoices.list({ customer: textIn(account.body, 'stripeCustomer') });
    const cycle = invoices.data.find(invoice => invoice.billing_reason === 'subscription_cycle');
    expect(listIn(body).map(({ id, state, invoice }) => [id, state, invoice])).toEqual([
      ['late', 'carried', null],
      ['data-2', 'billed', cycle?.id],
      ['data-1', 'covered', null],
      ['sms-1', 'billed', cycle?.id],
      ['call-1', 'covered', null],
    ]);
  });
});
