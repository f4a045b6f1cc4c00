import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import { aCustomer, aPlan, report } from './operator.ts';
import { clientOf, refusal, useTwin } from './use-twin.ts';

describe('an idempotency key', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('gives the first answer again, for 24 hours', async () => {
    const create = () =>
      at.stripe.customers.create({ metadata: { account: 'acc-1' } }, { idempotencyKey: 'customer:acc-1' });

    const first = await create();
    const again = await create();
    await at.moveTo('2026-11-02T00:00:00Z');
    const later = await create();

    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(later.id).not.toBe(first.id);
    expect((await at.stripe.customers.list()).data).toHaveLength(2);
  });

  it('gives a refusal again too', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_chargeCustomerFail');
    const params: Stripe.SubscriptionCreateParams = {
      customer: customer.id,
      items: [{ price: plan.fee.id }],
      payment_behavior: 'error_if_incomplete',
    };
    const start = () => at.stripe.subscriptions.create(params, { idempotencyKey: 'start' });
    const declined = await refusal(start());
    const card = await at.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await at.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });

    const again = await refusal(start());

    expect([declined.statusCode, again.statusCode]).toEqual([402, 402]);
    expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(await at.stripe.subscriptions.create(params, { idempotencyKey: 'start:2' })).toMatchObject({
      status: 'active',
    });
  });

  it('is refused with other parameters', async () => {
    await at.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k' });

    const refused = await refusal(at.stripe.customers.create({ name: 'B' }, { idempotencyKey: 'k' }));

    expect(refused).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400, rawType: 'idempotency_error' });
  });

  it('is refused while its first request is still in progress', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    const payload = { stripe_customer_id: customer.id, value: '1' };
    const send = () =>
      at.stripe.billing.meterEvents.create({ event_name: plan.meter.event_name, payload }, { idempotencyKey: 'k' });

    const outcomes = await Promise.allSettled([send(), send(), send()]);

    const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused[0]).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  });

  it('is free again after parameters that were refused', async () => {
    const wrong = at.stripe.rawRequest('POST', '/v1/customers', { nmae: 'A' }, { idempotencyKey: 'k' });
    expect((await refusal(wrong)).code).toBe('parameter_unknown');

    const customer = await at.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k' });

    expect(customer.name).toBe('A');
  });
});

describe('a request', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it.each([
    ['an unknown parameter', { bogus: '1' }, 'parameter_unknown', 'bogus'],
    ['an unknown nested one', { address: { street: 'x' } }, 'parameter_unknown', 'address[street]'],
    [
      'one of another resource in a list',
      { invoice_settings: { custom_fields: [{ name: 'a', value: 'b', c: '1' }] } },
      'parameter_unknown',
      'invoice_settings[custom_fields][0][c]',
    ],
    ['no whole number', { balance: '1.5' }, 'parameter_invalid_integer', 'balance'],
    ['an empty text', { invoice_prefix: '' }, 'parameter_invalid_empty', 'invoice_prefix'],
    ['too long a text', { name: 'x'.repeat(257) }, undefined, 'name'],
    ['no value of the list', { tax_exempt: 'perhaps' }, undefined, 'tax_exempt'],
  ])('with %s is refused', async (_, params, code, param) => {
    const refused = await refusal(at.stripe.rawRequest('POST', '/v1/customers', params));

    expect(refused).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', code, param });
    expect(refused.requestId).toMatch(/^req_\w{14}$/);
  });

  it('without a parameter that is needed is refused', async () => {
    const refused = await refusal(
      at.stripe.rawRequest('POST', '/v1/billing/meters', { display_name: 'x', event_name: 'y' }),
    );

    expect(refused).toMatchObject({ code: 'parameter_missing', param: 'default_aggregation' });
  });

  it('for something that is not there is a 404', async () => {
    const missing = await refusal(at.stripe.customers.retrieve('cus_nobody'));
    const nowhere = await fetch(`${at.twin.address}/v1/nothing`, {
      headers: { authorization: 'Bearer sk_test_local' },
    });

    expect(missing).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: "No such customer: 'cus_nobody'",
    });
    expect(nowhere.status).toBe(404);
  });

  it('with another key than a test key is a 401, with another API version a 400', async () => {
    const live = clientOf(at.twin, 'sk_live_1');
    const headers = { authorization: 'Bearer sk_test_local', 'stripe-version': '2025-03-31.basil' };
    const old = await fetch(`${at.twin.address}/v1/customers`, { headers });

    expect(await refusal(live.customers.list())).toMatchObject({ type: 'StripeAuthenticationError' });
    expect(old.status).toBe(400);
  });

  it('expands what it names, four steps deep at most', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });

    const invoices = await at.stripe.invoices.list({
      expand: ['data.customer', 'data.payments.data.payment', 'data.parent.subscription_details.subscription'],
    });
    const subscriptions = await at.stripe.subscriptions.list({
      expand: ['data.items.data.price', 'data.latest_invoice.payments'],
    });
    const deep = await refusal(at.stripe.invoices.list({ expand: ['data.payments.data.payment.payment_intent'] }));
    const wrong = await refusal(at.stripe.customers.list({ expand: ['data.metadata.account'] }));

    expect(invoices.data[0]).toMatchObject({
      customer: { object: 'customer', id: customer.id },
      parent: { subscription_details: { subscription: { object: 'subscription' } } },
      payments: { data: [{ object: 'invoice_payment' }] },
    });
    expect(subscriptions.data[0]?.latest_invoice).toMatchObject({ payments: { data: [{ status: 'paid' }] } });
    expect([deep.statusCode, wrong.statusCode]).toEqual([400, 400]);
    expect(invoices.data[0]).not.toHaveProperty('confirmation_secret');
  });

  it('expands in its answer only', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    const [invoice] = (await at.stripe.invoices.list()).data;
    const read = (field: string) => at.stripe.invoices.retrieve(invoice?.id ?? '', { expand: [field] });

    const expanded = await read('payments.data.payment.payment_intent');
    const plain = await read('payments');

    expect(expanded.payments?.data[0]?.payment).toMatchObject({ payment_intent: { object: 'payment_intent' } });
    expect(plain.payments?.data[0]?.payment).toMatchObject({ payment_intent: expect.stringMatching(/^pi_/) });
  });
});

describe('a list', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('is paged in both directions, newest first', async () => {
    for (let n = 1; n <= 12; n += 1) await at.stripe.customers.create({ name: `customer ${n}` });
    const names = (page: Stripe.ApiList<Stripe.Customer>) => page.data.map(customer => customer.name?.slice(9));

    const first = await at.stripe.customers.list();
    const second = await at.stripe.customers.list({ starting_after: first.data[9]?.id ?? '' });
    const back = await at.stripe.customers.list({ ending_before: second.data[0]?.id ?? '', limit: 2 });
    const all = await at.stripe.customers.list({ limit: 5 }).autoPagingToArray({ limit: 100 });

    expect(names(first)).toEqual(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3']);
    expect([first.has_more, second.has_more, back.has_more]).toEqual([true, false, true]);
    expect(names(second)).toEqual(['2', '1']);
    expect(names(back)).toEqual(['4', '3']);
    expect(all).toHaveLength(12);
    expect(await refusal(at.stripe.customers.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
    expect(await refusal(at.stripe.customers.list({ starting_after: 'cus_nobody' }))).toMatchObject({
      code: 'resource_missing',
    });
  });
});

describe('events', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('are written for everything, with what caused them, and listed for 30 days', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    await at.stripe.subscriptions.create(
      { customer: customer.id, items: [{ price: plan.fee.id }] },
      { idempotencyKey: 'k' },
    );
    const created = await at.stripe.events.list({ types: ['customer.subscription.*'], limit: 100 });
    await at.moveTo('2026-12-01T01:00:00Z');

    const events = await at.stripe.events.list({ limit: 100 });
    const renewal = events.data.filter(event => event.request?.id === null).map(event => event.type);

    expect(renewal.toReversed()).toEqual([
      'customer.subscription.updated',
      'invoice.created',
      'customer.subscription.updated',
      'invoice.updated',
      'invoice.finalized',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice.updated',
      'invoice_payment.paid',
      'invoice.paid',
      'invoice.payment_succeeded',
    ]);
    expect(created.data.at(-1)).toMatchObject({
      type: 'customer.subscription.created',
      api_version: '2026-10-28.endive',
      request: { idempotency_key: 'k' },
      data: { object: { object: 'subscription', customer: customer.id } },
    });
    expect(events.data.some(event => event.type === 'customer.subscription.created')).toBe(false);
    expect(await at.stripe.events.retrieve(events.data[0]?.id ?? '')).toEqual(events.data[0]);
  });
});

describe('a twin', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('goes on when a caller hangs up in the middle of a request', async () => {
    const { hostname, port } = new URL(at.twin.address);
    const socket = connect(Number(port), hostname);
    socket.write('POST /v1/customers HTTP/1.1\r\nhost: twin\r\ncontent-length: 100\r\n\r\nname=half');
    await new Promise(resolve => setTimeout(resolve, 20));
    socket.destroy();
    await new Promise(resolve => socket.once('close', resolve));

    expect((await at.stripe.customers.list()).data).toEqual([]);
  });

  const start = { now: () => Date.parse('2026-11-01T00:00:00Z'), seed: 'one' };

  it('gives the same ids for the same seed, others for another', async () => {
    const idsWith = async (seed: string) => {
      const twin = await startStripeTwin({ ...start, seed });
      const stripe = clientOf(twin);
      const made = [await stripe.customers.create(), await stripe.products.create({ name: 'x' })];
      await twin.stop();
      return made.map(each => each.id);
    };

    const [first, again, other] = [await idsWith('one'), await idsWith('one'), await idsWith('two')];

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first[0]).toMatch(/^cus_[A-Za-z0-9]{14}$/);
  });

  it('goes on where it stopped when it keeps its state in a file', async () => {
    const dataFile = join(tmpdir(), `stripe-twin-${process.pid}.json`);
    const before = await startStripeTwin({ ...start, dataFile });
    const stripe = clientOf(before);
    const plan = await aPlan(stripe);
    const customer = await aCustomer(stripe, 'pm_card_visa');
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }, { price: plan.voice.id }],
    });
    await report(stripe, plan, customer, { value: '50000', timestamp: start.now() / 1_000 });
    await before.stop();

    const after = await startStripeTwin({ ...start, dataFile });
    await after.runUntil(Date.parse('2026-12-01T01:00:00Z'));
    const invoices = await clientOf(after).invoices.list({ customer: customer.id });
    await after.stop();
    await rm(dataFile);

    // 50 000 × 0.0001 = 5, and the next fee
    expect(invoices.data.map(invoice => [invoice.status, invoice.total])).toEqual([
      ['paid', 15_905],
      ['paid', 15_900],
    ]);
    expect(new Set(invoices.data.map(invoice => invoice.id)).size).toBe(2);
  });
});
