import { beforeAll, describe, expect, it } from 'vitest';
import { dunningRoutes } from '#functions/account-api/dunning-routes.ts';
import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import { makeKey } from '#shared/access/make-key.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { answersIn } from '#shared/platform/http/kept-answers.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { aPolicy } from '#test/builders/dunning.ts';
import { ask } from '#test/builders/http.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { useDunningWorld } from '#test/parts/dunning-world.ts';

const world = useDunningWorld();
let handler: ReturnType<typeof httpFunction>;
let key: string;
let readOnly: string;

beforeAll(async () => {
  const { services } = world.accounts;
  const { ledger, clock } = services;
  key = await makeKey(ledger, { scopes: ['accounts:read', 'dunning:write'], label: 'desk' }, clock);
  readOnly = await makeKey(ledger, { scopes: ['accounts:read'], label: 'screen' }, clock);
  handler = httpFunction({
    routes: dunningRoutes,
    services: () => ({
      accounts: services,
      authenticate: ledgerKeys(ledger, clock),
      keptAnswers: answersIn(ledger, clock),
    }),
  });
  world.policies = [aPolicy()];
});

const read = (account: string) => ask(handler, { method: 'GET', path: `/v1/accounts/${account}/dunning`, key });
const post = (account: string, what: string, body?: unknown, withKey = key) =>
  ask(handler, {
    method: 'POST',
    path: `/v1/accounts/${account}/dunning/${what}`,
    key: withKey,
    ...(body !== undefined && { body }),
  });

describe('a person who steps in', () => {
  it('sees none where there never was trouble, and nothing of unknown accounts', async () => {
    const customer = await world.accountThatFails('calm', 'pm_card_visa');
    const answer = await read('calm');

    expect(customer).toMatch(/^cus_/);
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'none', debt: [], openedAt: null, step: null, next: null, history: [] },
    });
    expect(await read('nobody')).toMatchObject({ status: 404, body: { code: 'unknown-account' } });
  });

  it('holds a case, and lets it go on by hand', async () => {
    await world.accountThatFails('held');
    await world.runTo('2026-12-02T00:00:00Z');
    const before = await read('held');
    const held = await post('held', 'hold', { reason: 'asks about the bill' });
    await world.runTo('2026-12-08T00:00:00Z');
    const after = await read('held');
    const released = await post('held', 'release', { reason: 'explained' });
    await world.settle();

    expect(before.body).toMatchObject({
      state: 'open',
      debt: [
        { invoice: expect.stringMatching(/^in_/), amount: '159.00', currency: 'SEK', dueAt: '2026-12-01T01:00:00Z' },
      ],
      openedAt: '2026-12-01T01:00:00Z',
      step: 'notice',
      next: { at: '2026-12-06T01:00:00Z', action: 'reminder' },
      history: [
        { at: '2026-12-01T01:00:00Z', what: 'opened' },
        { at: '2026-12-01T01:00:00Z', what: 'message', step: 'notice' },
      ],
    });
    expect(held.body).toMatchObject({
      state: 'held',
      next: null,
      hold: { reason: 'asks about the bill', until: null },
    });
    expect(after.body).toMatchObject({ state: 'held', step: 'notice' });
    expect(released.body).toMatchObject({ state: 'open', hold: null });
    expect(await world.messages('held')).toEqual([
      '2026-12-01T01:00:00Z email notice payment-failed',
      '2026-12-08T00:00:00Z email reminder reminder',
    ]);
  });

  it('takes an account out until a moment', async () => {
    await world.accountThatFails('exempt');
    const exempt = await post('exempt', 'exempt', { reason: 'vulnerable', until: '2027-01-10T00:00:00Z' });
    await world.runTo('2027-01-09T23:00:00Z');
    const during = await read('exempt');
    await world.runTo('2027-01-10T00:00:00Z');

    expect(exempt.body).toMatchObject({ state: 'held', exempt: { until: '2027-01-10T00:00:00Z' } });
    expect(during.body).toMatchObject({ state: 'held', case: null });
    expect(await world.messages('exempt')).toEqual(['2027-01-10T00:00:00Z email notice payment-failed']);
  });

  it('takes a promise, which is kept, or broken and resumes', async () => {
    const keeper = await world.accountThatFails('keeps');
    await world.accountThatFails('breaks');
    await world.runTo('2027-02-02T00:00:00Z');
    // 8 February ends at 23:00 UTC in Stockholm
    const fields = { payments: [{ amount: '159.00', on: '2027-02-08' }], reason: 'wages' };
    const promised = await post('keeps', 'promise', fields);
    await post('breaks', 'promise', fields);
    await world.runTo('2027-02-08T12:00:00Z');
    await giveCard(world.accounts, keeper, 'pm_card_visa');
    const [invoice] = (await world.accounts.stripe.invoices.list({ customer: keeper, status: 'open' })).data;
    await world.accounts.stripe.invoices.pay(invoice?.id ?? '');
    await world.settle();
    const waiting = await read('breaks');
    await world.runTo('2027-02-08T23:00:00Z');

    expect(promised.body).toMatchObject({
      state: 'promised',
      promise: { payments: [{ amount: '159.00', currency: 'SEK', by: '2027-02-08T23:00:00Z' }] },
    });
    expect((await read('keeps')).body).toMatchObject({ state: 'closed', promise: null });
    expect(waiting.body).toMatchObject({ state: 'promised', step: 'notice' });
    expect((await read('breaks')).body).toMatchObject({ state: 'open', step: 'reminder', promise: null });
    expect((await world.messages('breaks')).at(-1)).toBe('2027-02-08T23:00:00Z email reminder reminder');
  });

  it.each([
    ['hold', {}, 422, { path: 'reason', code: 'required' }],
    ['hold', { reason: 'x', until: '2020-01-01T00:00:00Z' }, 422, { path: 'until', code: 'in-past' }],
    ['exempt', { reason: 'x', colour: 'blue' }, 422, { path: 'colour', code: 'unknown-field' }],
    ['promise', { payments: [] }, 422, { path: 'payments' }],
    ['promise', { payments: [{ amount: '-1', on: '2027-12-01' }] }, 422, { path: 'payments/0/amount' }],
    ['promise', { payments: [{ amount: '0.001', on: '2027-12-01' }] }, 422, { code: 'too-fine' }],
    ['promise', { payments: [{ amount: '1', currency: 'EUR', on: '2027-12-01' }] }, 422, { code: 'wrong-currency' }],
    ['promise', { payments: [{ amount: '1', on: '2020-12-01' }] }, 422, { code: 'in-past' }],
  ])('is told what is wrong with %s %j', async (what, body, status, error) => {
    const answer = await post('held', what, body);

    expect(answer.status).toBe(status);
    expect(answer.body.errors).toEqual([expect.objectContaining(error)]);
  });

  it('cannot take a promise where nothing is owed, nor without the right to', async () => {
    const fields = { payments: [{ amount: '1', on: '2027-12-01' }] };

    expect(await post('calm', 'promise', fields)).toMatchObject({ status: 409, body: { code: 'no-open-case' } });
    expect((await post('held', 'hold', { reason: 'x' }, readOnly)).status).toBe(403);
  });
});

describe('a dispute at the bank', () => {
  it('freezes the case; won, it goes on; lost, a person is called', async () => {
    const { stripe } = world.accounts;
    const customer = await world.accountThatFails('disputes', 'pm_card_createDispute');
    await world.runTo('2027-04-01T01:00:00Z');
    await giveCard(world.accounts, customer, 'pm_card_chargeCustomerFail');
    await world.runTo('2027-05-08T00:00:00Z');
    const frozen = await read('disputes');
    const charges = (await stripe.charges.list({ customer, limit: 100 })).data.filter(({ disputed }) => disputed);
    const [first, ...others] = await Promise.all(
      charges.map(async ({ id }) => (await stripe.disputes.list({ charge: id })).data[0]?.id ?? ''),
    );
    for (const id of others) await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' } });
    await world.settle();
    const still = await read('disputes');
    await stripe.disputes.close(first ?? '');
    await world.settle();
    const thawed = await read('disputes');

    expect(frozen.body).toMatchObject({ state: 'frozen', step: null, next: null });
    expect(still.body.state).toBe('frozen');
    expect(thawed.body).toMatchObject({ state: 'open', step: 'notice' });
    expect(await world.messages('disputes')).toEqual(['2027-05-08T00:00:00Z email notice payment-failed']);
    const cases = await Array.fromAsync(openIncidents(world.accounts.tables.ledger));
    expect(cases.filter(({ code }) => code === 'dispute-lost')).toMatchObject([
      { detail: { dispute: first, minorUnits: '15900', currency: 'SEK' } },
    ]);
  });
});
