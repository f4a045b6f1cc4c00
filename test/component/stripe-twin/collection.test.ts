import { describe, expect, it } from 'vitest';
import { SECRET, typesOf, useListener } from './listener.ts';
import { aCustomer, aPlan, latestInvoice, report } from './operator.ts';
import { refusal, type TwinAtHand, unix, useTwin } from './use-twin.ts';

const START = '2026-11-01T00:00:00Z';

async function subscribed(at: TwinAtHand, card = 'pm_card_visa') {
  const plan = await aPlan(at.stripe);
  const customer = await aCustomer(at.stripe, card);
  const subscription = await at.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: plan.fee.id }, { price: plan.voice.id }],
  });
  return {
    plan,
    customer,
    subscription,
    now: () => at.stripe.subscriptions.retrieve(subscription.id),
    latest: () => latestInvoice(at.stripe, customer),
  };
}

describe('paused collection', () => {
  const at = useTwin(START);

  it.each([
    ['keep_as_draft', { status: 'draft', auto_advance: false, automatically_finalizes_at: null }],
    ['void', { status: 'void' }],
    ['mark_uncollectible', { status: 'uncollectible' }],
  ] as const)('with %s leaves new invoices so, and the subscription active', async (behavior, left) => {
    const { subscription, now, latest, customer } = await subscribed(at);
    await at.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior } });

    await at.moveTo('2026-12-03T00:00:00Z');

    expect(await latest()).toMatchObject({ billing_reason: 'subscription_cycle', attempted: false, ...left });
    expect(await now()).toMatchObject({ status: 'active', pause_collection: { behavior, resumes_at: null } });
    expect((await at.stripe.charges.list({ customer: customer.id })).data).toHaveLength(1);
  });

  it('ends at its moment, or when it is cleared', async () => {
    const one = await subscribed(at);
    const other = await subscribed(at);
    const resumes_at = unix('2026-11-20T00:00:00Z');
    await at.stripe.subscriptions.update(one.subscription.id, { pause_collection: { behavior: 'void', resumes_at } });
    await at.stripe.subscriptions.update(other.subscription.id, { pause_collection: { behavior: 'void' } });
    await at.stripe.subscriptions.update(other.subscription.id, { pause_collection: '' });

    await at.moveTo('2026-12-03T00:00:00Z');

    for (const { now, latest } of [one, other]) {
      expect((await now()).pause_collection).toBeNull();
      expect((await latest()).status).toBe('paid');
    }
  });
});

describe('a deleted customer', () => {
  const at = useTwin(START);

  it('reads as deleted, has no subscription any more and takes nothing', async () => {
    const { plan, customer, now } = await subscribed(at);

    const deleted = await at.stripe.customers.del(customer.id);

    const gone = { id: customer.id, object: 'customer', deleted: true };
    expect(deleted).toEqual(expect.objectContaining(gone));
    expect(await at.stripe.customers.retrieve(customer.id)).toEqual(expect.objectContaining(gone));
    expect((await at.stripe.customers.list()).data).toEqual([]);
    expect((await now()).status).toBe('canceled');
    const changed = at.stripe.customers.update(customer.id, { name: 'B' });
    expect(await refusal(changed)).toMatchObject({ statusCode: 404, code: 'resource_missing' });
    const begun = at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    expect(await refusal(begun)).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'customer' });
    const used = report(at.stripe, plan, customer, { value: '1', timestamp: at.seconds() });
    expect((await refusal(used)).statusCode).toBe(400);
    expect((await at.stripe.events.list({ types: ['customer.deleted'] })).data).toMatchObject([
      { data: { object: { id: customer.id, name: 'Kim Larsson' } } },
    ]);
  });

  it('keeps a draft that is never final, and invoices that can be read', async () => {
    const { customer, latest } = await subscribed(at);
    await at.moveTo('2026-12-01T00:30:00Z');
    await at.stripe.customers.del(customer.id);

    await at.moveTo('2026-12-10T00:00:00Z');

    expect(await latest()).toMatchObject({ status: 'draft', auto_advance: false });
    const [invoice] = (await at.stripe.invoices.list({ expand: ['data.customer'] })).data;
    expect(invoice?.customer).toMatchObject({ deleted: true });
  });
});

describe('retries that are over', () => {
  const at = useTwin(START, { retries: { tries: 1, withinMs: 86_400_000, outcome: 'unpaid' } });

  it('leave the subscription unpaid where the account is set so: invoices stay drafts until one is paid', async () => {
    const { subscription, customer, now, latest } = await subscribed(at);
    const useCard = async (card: string) => {
      const { id } = await at.stripe.paymentMethods.attach(card, { customer: customer.id });
      await at.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
    };
    await useCard('pm_card_chargeCustomerFail');
    await at.moveTo('2026-12-02T01:00:00Z');
    expect((await now()).status).toBe('unpaid');
    const owed = await latest();

    await at.moveTo('2027-01-02T00:00:00Z');
    const draft = await latest();
    await useCard('pm_card_visa');
    await at.stripe.invoices.pay(owed.id);

    expect(draft).toMatchObject({ status: 'draft', auto_advance: false });
    // The newest invoice decides.
    expect((await now()).status).toBe('unpaid');
    await at.stripe.invoices.pay(draft.id);
    expect((await at.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});

describe('an invoice that cannot be made final', () => {
  const at = useTwin(START);

  it('stays a draft with the reason, until the reason is gone and it is finalised by call', async () => {
    const { customer, latest } = await subscribed(at);
    const code = 'customer_tax_location_invalid';
    await at.stripe.customers.update(customer.id, { metadata: { twin_finalization_error: code } });
    await at.moveTo('2026-12-05T00:00:00Z');
    const failed = await latest();

    const byCall = await refusal(at.stripe.invoices.finalizeInvoice(failed.id));
    await at.stripe.customers.update(customer.id, { metadata: { twin_finalization_error: '' } });
    const final = await at.stripe.invoices.finalizeInvoice(failed.id);

    expect(failed).toMatchObject({ status: 'draft', last_finalization_error: { code } });
    expect(byCall).toMatchObject({ statusCode: 400, code });
    expect(final).toMatchObject({ status: 'open', last_finalization_error: null });
    expect((await at.stripe.events.list({ types: ['invoice.finalization_failed'] })).data).toHaveLength(1);
  });
});

describe('a debit', () => {
  const at = useTwin(START);

  async function aDebtor(iban: string) {
    const subscriber = await subscribed(at);
    const { id: customer } = subscriber.customer;
    const method = await at.stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban },
      billing_details: { name: 'Kim Larsson', email: 'kim@example.com' },
    });
    await at.stripe.paymentMethods.attach(method.id, { customer });
    await at.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    const charge = async () => (await at.stripe.charges.list({ customer, limit: 1 })).data[0];
    const intent = async () => (await at.stripe.paymentIntents.list({ customer, limit: 1 })).data[0];
    return { ...subscriber, method, charge, intent };
  }

  it('is under way for five days; the invoice is open, and nothing else is tried', async () => {
    const { latest, charge, intent, now, method } = await aDebtor('DE89370400440532013000');
    await at.moveTo('2026-12-01T01:00:00Z');

    const open = await latest();
    expect(open).toMatchObject({ status: 'open', attempted: true, attempt_count: 1, next_payment_attempt: null });
    expect(await charge()).toMatchObject({
      status: 'pending',
      paid: false,
      payment_method_details: { type: 'sepa_debit' },
    });
    expect(await intent()).toMatchObject({ status: 'processing', payment_method: method.id });
    expect((await now()).status).toBe('active');
    expect(await refusal(at.stripe.invoices.pay(open.id))).toMatchObject({ code: 'payment_intent_unexpected_state' });

    await at.moveTo('2026-12-06T00:59:59Z');
    expect((await latest()).status).toBe('open');
    await at.moveTo('2026-12-06T01:00:00Z');
    expect(await latest()).toMatchObject({ status: 'paid', attempt_count: 1 });
    expect(await charge()).toMatchObject({ status: 'succeeded', paid: true });
  });

  it('that the bank sends back leaves the invoice open and the subscription past due', async () => {
    const { latest, charge, intent, now } = await aDebtor('DE62370400440532013001');
    await at.moveTo('2026-12-06T01:00:00Z');

    expect(await latest()).toMatchObject({ status: 'open', attempted: true });
    expect(await charge()).toMatchObject({ status: 'failed', failure_code: 'insufficient_funds' });
    expect(await intent()).toMatchObject({ status: 'requires_payment_method' });
    expect((await now()).status).toBe('past_due');
  });
});

describe('an endpoint', () => {
  const at = useTwin(START);
  const listener = useListener(at);

  it('that takes nothing for three days is switched off; one that takes something is not', async () => {
    at.twin.listen({ url: listener.url, secret: SECRET, enabledEvents: ['*'] });
    listener.answer = event => (event.type === 'customer.created' ? 500 : 200);
    await at.stripe.customers.create({});
    await at.moveTo('2026-11-02T00:00:00Z');
    await at.stripe.products.create({ name: 'Taken' });
    await at.moveTo('2026-11-04T12:00:00Z');
    const [taking] = (await at.stripe.webhookEndpoints.list()).data;

    listener.answer = () => 500;
    await at.stripe.customers.create({});
    await at.moveTo('2026-11-08T12:00:00Z');
    const [refusing] = (await at.stripe.webhookEndpoints.list()).data;
    listener.received.length = 0;
    await at.stripe.customers.create({});
    await at.moveTo('2026-11-09T12:00:00Z');

    expect([taking?.status, refusing?.status]).toEqual(['enabled', 'disabled']);
    expect(typesOf(listener.received)).toEqual([]);
  });
});
