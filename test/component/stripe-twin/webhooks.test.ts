import { describe, expect, it } from 'vitest';
import { SECRET, typesOf, useListener } from './listener.ts';
import { aCustomer, aPlan, latestInvoice } from './operator.ts';
import { refusal, unix, useTwin } from './use-twin.ts';

const START = '2026-11-01T00:00:00Z';

describe('a webhook endpoint', () => {
  const at = useTwin(START);

  it('tells its secret once, and keeps what it was given', async () => {
    const made = await at.stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:9/hook',
      enabled_events: ['invoice.created', 'invoice.paid'],
      api_version: '2026-10-28.endive',
      description: 'billing',
      metadata: { stage: 'dev' },
    });
    expect(made).toMatchObject({ secret: expect.stringMatching(/^whsec_\w{32}$/), status: 'enabled' });

    const changed = await at.stripe.webhookEndpoints.update(made.id, { enabled_events: ['*'], disabled: true });
    expect(changed).toMatchObject({ enabled_events: ['*'], status: 'disabled', metadata: { stage: 'dev' } });
    expect(changed).not.toHaveProperty('secret');
    const { data } = await at.stripe.webhookEndpoints.list();
    expect(data).toEqual([await at.stripe.webhookEndpoints.retrieve(made.id)]);

    expect(await at.stripe.webhookEndpoints.del(made.id)).toMatchObject({ deleted: true });
    const gone = await refusal(at.stripe.webhookEndpoints.retrieve(made.id));
    expect([gone.statusCode, gone.code]).toEqual([404, 'resource_missing']);
  });
});

describe('delivery', () => {
  const at = useTwin(START, { seed: 'delivery' });
  const listener = useListener(at);
  const listen = (...enabledEvents: string[]) => at.twin.listen({ url: listener.url, secret: SECRET, enabledEvents });

  it('signs each event as it stands, in the order of what happened, and reports it as delivered', async () => {
    listen('customer.created', 'customer.updated');
    const customer = await at.stripe.customers.create({ name: 'Kim' });
    await at.stripe.customers.update(customer.id, { name: 'Kim Larsson' });
    await at.stripe.products.create({ name: 'not wanted' });
    const [before] = (await at.stripe.events.list({ type: 'customer.created' })).data;
    expect(before?.pending_webhooks).toBe(1);
    expect(at.twin.nextAt()).toBe(at.now());

    await at.moveTo(START);

    expect(typesOf(listener.received)).toEqual(['customer.created', 'customer.updated']);
    expect(listener.received[0]?.event).toMatchObject({
      api_version: '2026-10-28.endive',
      data: { object: { name: 'Kim' } },
    });
    expect(listener.received[1]?.event.data).toMatchObject({
      object: { name: 'Kim Larsson' },
      previous_attributes: { name: 'Kim' },
    });
    expect(listener.received[0]?.signature).toMatch(new RegExp(`^t=${unix(START)},v1=[0-9a-f]{64}$`));
    expect((await at.stripe.events.list({ delivery_success: false })).data).toEqual([]);
    expect((await at.stripe.events.list({ delivery_success: true })).data).toHaveLength(3);
    expect(at.twin.nextAt()).toBeUndefined();
  });

  it.each([302, 400, 404, 500])('tries again when the answer is %s', async answer => {
    listen('*');
    listener.answer = () => (listener.received.length === 1 ? answer : 200);
    const { id } = await at.stripe.customers.create({});

    await at.moveTo('2026-11-01T00:04:59Z');
    expect((await at.stripe.events.list({ delivery_success: false })).data).toMatchObject([
      { type: 'customer.created', pending_webhooks: 1 },
    ]);
    await at.moveTo('2026-11-01T00:05:00Z');

    expect(listener.received.map(({ event }) => event.data.object)).toMatchObject([{ id }, { id }]);
    const [first, second] = listener.received;
    expect(second?.event.id).toBe(first?.event.id);
    expect(second?.signature).not.toBe(first?.signature);
    expect((await at.stripe.events.list({ delivery_success: false })).data).toEqual([]);
  });

  it('doubles the pause up to twelve hours and gives up after three days', async () => {
    listen('*');
    listener.answer = () => 503;
    await at.stripe.customers.create({});

    await at.moveTo('2026-11-30T00:00:00Z');

    // 5 minutes, doubled eight times to 640; then 12 hours (720 minutes) while it is less than 72 hours in all
    const minutes = listener.received.map(each => (each.at - Date.parse(START)) / 60_000);
    expect(minutes).toEqual([0, 5, 15, 35, 75, 155, 315, 635, 1_275, 1_995, 2_715, 3_435, 4_155]);
    expect((await at.stripe.events.list({ delivery_success: false })).data).toHaveLength(1);
    expect(at.twin.nextAt()).toBeUndefined();
  });

  it('sends everything twice when asked to', async () => {
    listen('*');
    at.twin.disturbWebhooks({ duplicate: true, reorder: false });
    await at.stripe.customers.create({});
    await at.stripe.products.create({ name: 'Mobile' });

    await at.moveTo(START);

    expect(typesOf(listener.received)).toEqual([
      'customer.created',
      'customer.created',
      'product.created',
      'product.created',
    ]);
  });

  it('sends the events of a moment in another order when asked to, the same in every run', async () => {
    listen('*');
    at.twin.disturbWebhooks({ duplicate: false, reorder: true });
    for (const name of ['1', '2', '3', '4', '5', '6']) await at.stripe.products.create({ name });

    await at.moveTo(START);

    const names = listener.received.map(({ event }) =>
      event.type === 'product.created' ? event.data.object.name : '',
    );
    expect(names.toSorted()).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(names).not.toEqual(names.toSorted());
  });

  it('is cut off when the twin stops', async () => {
    listen('*');
    listener.answer = () => 'silence';
    await at.stripe.customers.create({});
    await at.stripe.customers.create({});

    const delivering = at.twin.runUntil(at.now());
    await at.twin.stop();
    await delivering;

    expect(listener.received.length).toBeLessThanOrEqual(1);
  });

  it('gives an endpoint that is deleted nothing any more', async () => {
    const made = await at.stripe.webhookEndpoints.create({ url: listener.url, enabled_events: ['*'] });
    await at.stripe.customers.create({});
    await at.stripe.webhookEndpoints.del(made.id);

    await at.moveTo('2026-11-02T00:00:00Z');

    expect(listener.received).toEqual([]);
    expect((await at.stripe.events.list({ delivery_success: false })).data).toEqual([]);
  });
});

describe('an endpoint that is silent', () => {
  const at = useTwin(START, { webhookTimeoutMs: 500 });
  const listener = useListener(at);

  it('has failed after a time, and is tried again', async () => {
    at.twin.listen({ url: listener.url, secret: SECRET, enabledEvents: ['*'] });
    listener.answer = () => (listener.received.length === 1 ? 'silence' : 200);
    await at.stripe.customers.create({});

    await at.moveTo('2026-11-01T00:05:00Z');

    expect(typesOf(listener.received)).toEqual(['customer.created', 'customer.created']);
    expect((await at.stripe.events.list({ delivery_success: false })).data).toEqual([]);
  });
});

describe('a draft that endpoints hear of', () => {
  const at = useTwin(START);
  const listener = useListener(at);

  async function subscribed() {
    at.twin.listen({ url: listener.url, secret: SECRET, enabledEvents: ['invoice.created'] });
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    return customer;
  }

  it('is final an hour after they have acknowledged it', async () => {
    const customer = await subscribed();
    await at.moveTo('2026-11-30T23:00:00Z');
    listener.received.length = 0;
    listener.answer = () => (listener.received.length === 1 ? 500 : 200);

    await at.moveTo('2026-12-01T00:04:00Z');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({ status: 'draft', webhooks_delivered_at: null });

    // The second attempt is five minutes after the first
    await at.moveTo('2026-12-01T01:04:59Z');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({
      status: 'draft',
      webhooks_delivered_at: unix('2026-12-01T00:05:00Z'),
      automatically_finalizes_at: unix('2026-12-01T01:05:00Z'),
    });
    await at.moveTo('2026-12-01T01:05:00Z');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({ status: 'paid' });
  });

  it('is final after 72 hours when they never do', async () => {
    const customer = await subscribed();
    await at.moveTo('2026-11-30T23:00:00Z');
    listener.answer = () => 500;

    await at.moveTo('2026-12-03T23:59:59Z');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({ status: 'draft' });
    await at.moveTo('2026-12-04T00:00:00Z');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({ status: 'paid', webhooks_delivered_at: null });
  });
});
