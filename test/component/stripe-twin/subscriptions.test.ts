import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan, latestInvoice, linesAsText } from './operator.ts';
import { refusal, unix, useTwin } from './use-twin.ts';

describe('a subscription that starts inside its first period', () => {
  const at = useTwin('2026-11-16T00:00:00Z');

  it('is charged the share of the fee that is left, by the second', async () => {
    const plan = await aPlan(at.stripe, { fee: 15_900 });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');

    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }, { price: plan.voice.id }],
      billing_cycle_anchor: unix('2026-12-01T00:00:00Z'),
      expand: ['latest_invoice'],
    });

    // 15 of November's 30 days: 15 900 / 2 = 7 950
    const invoice = await latestInvoice(at.stripe, customer);
    expect(linesAsText(invoice)).toEqual(['1 → 7950 (2026-11-16T00:00 to 2026-12-01T00:00)']);
    expect(invoice).toMatchObject({
      status: 'paid',
      total: 7_950,
      amount_paid: 7_950,
      billing_reason: 'subscription_create',
    });
    expect(subscription).toMatchObject({ status: 'active', billing_cycle_anchor: unix('2026-12-01T00:00:00Z') });
    expect(subscription.items.data.map(item => [item.current_period_start, item.current_period_end])).toEqual(
      Array(2).fill([unix('2026-11-16T00:00:00Z'), unix('2026-12-01T00:00:00Z')]),
    );
    expect(subscription.items.data.map(item => item.quantity)).toEqual([1, undefined]);
  });

  it('rounds half a minor unit up', async () => {
    const plan = await aPlan(at.stripe, { fee: 10_001 });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');

    await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
      billing_cycle_anchor: unix('2026-12-01T00:00:00Z'),
    });

    // 10 001 / 2 = 5 000.5
    expect((await latestInvoice(at.stripe, customer)).total).toBe(5_001);
  });

  it('takes its anchor from a rule: the first such moment to come', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');

    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id, quantity: 2 }],
      billing_cycle_anchor_config: { day_of_month: 10, hour: 2, minute: 30, second: 0 },
    });

    // 10 November to 10 December are 30 days, 2 592 000 s; left are 24 days and 2.5 hours, 2 082 600 s
    // 2 × 15 900 × 2 082 600 / 2 592 000 = 25 550.41…
    expect(subscription.billing_cycle_anchor).toBe(unix('2026-12-10T02:30:00Z'));
    expect((await latestInvoice(at.stripe, customer)).total).toBe(25_550);
  });

  it('is free until the anchor without proration, and has no invoice then', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');

    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
      billing_cycle_anchor: unix('2026-12-01T00:00:00Z'),
      proration_behavior: 'none',
    });

    expect(subscription).toMatchObject({ status: 'active', latest_invoice: null });
  });

  it('is charged from the day to which it was backdated', async () => {
    const plan = await aPlan(at.stripe, { fee: 15_900 });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');

    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }, { price: plan.voice.id }],
      backdate_start_date: unix('2026-11-11T00:00:00Z'),
      billing_cycle_anchor: unix('2026-12-01T00:00:00Z'),
    });

    // 20 of 30 days: 10 600
    expect(linesAsText(await latestInvoice(at.stripe, customer))).toEqual([
      '1 → 10600 (2026-11-11T00:00 to 2026-12-01T00:00)',
    ]);
    expect(subscription).toMatchObject({ start_date: unix('2026-11-11T00:00:00Z'), created: at.seconds() });
    expect(subscription.items.data[1]?.current_period_start).toBe(unix('2026-11-11T00:00:00Z'));
  });

  it('has one line per period when it is backdated over several', async () => {
    const plan = await aPlan(at.stripe, { fee: 15_900 });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');

    await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
      backdate_start_date: unix('2026-10-22T00:00:00Z'),
      billing_cycle_anchor: unix('2026-12-01T00:00:00Z'),
    });

    // 10 of October's 31 days: 15 900 × 10 / 31 = 5 129.03…; then the whole of November
    expect(linesAsText(await latestInvoice(at.stripe, customer))).toEqual([
      '1 → 5129 (2026-10-22T00:00 to 2026-11-01T00:00)',
      '1 → 15900 (2026-11-01T00:00 to 2026-12-01T00:00)',
    ]);
  });

  it('makes no invoice when there is only usage to come', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);

    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.voice.id }],
    });

    expect(subscription).toMatchObject({ status: 'active', latest_invoice: null });
  });

  it('puts a first fee below the minimum charge on the customer’s balance', async () => {
    const plan = await aPlan(at.stripe, { fee: 299 });
    const customer = await aCustomer(at.stripe);

    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
    });

    // Stripe charges at least 3.00 SEK
    expect(subscription.status).toBe('active');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({
      status: 'paid',
      total: 299,
      amount_due: 0,
      ending_balance: 299,
    });
    expect(await at.stripe.customers.retrieve(customer.id)).toMatchObject({ balance: 299 });
    const { data } = await at.stripe.customers.listBalanceTransactions(customer.id);
    expect(data).toMatchObject([{ amount: 299, ending_balance: 299, type: 'invoice_too_small' }]);
  });

  it('is refused in another currency than the customer’s', async () => {
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const plan = await aPlan(at.stripe);
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    const other = await aPlan(at.stripe, { fee: 100, currency: 'eur' });

    const refused = await refusal(
      at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: other.fee.id }] }),
    );

    expect(refused).toMatchObject({ statusCode: 400, param: 'currency' });
  });

  it('is refused with an anchor that lies behind or after the next natural one', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    const create = (anchor: string) =>
      at.stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: plan.fee.id }],
        billing_cycle_anchor: unix(anchor),
      });

    const past = await refusal(create('2026-11-15T00:00:00Z'));
    const far = await refusal(create('2026-12-17T00:00:00Z'));

    expect([past.param, far.param]).toEqual(['billing_cycle_anchor', 'billing_cycle_anchor']);
  });
});

describe('a subscription whose first invoice is not paid', () => {
  const at = useTwin('2026-11-16T00:00:00Z');

  it('is incomplete, and over after 23 hours with its invoice void', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_chargeCustomerFail');

    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
    });

    expect(subscription.status).toBe('incomplete');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({
      status: 'open',
      attempted: true,
      amount_remaining: 15_900,
    });
    expect(at.twin.nextAt()).toBe(Date.parse('2026-11-16T23:00:00Z'));

    await at.moveTo('2026-11-16T23:00:00Z');

    expect(await at.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'incomplete_expired' });
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({ status: 'void' });
    expect(at.twin.nextAt()).toBeUndefined();
  });

  it('is refused where there is no card to try, unless it is to wait for one', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    const params = { customer: customer.id, items: [{ price: plan.fee.id }] };

    const refused = await refusal(at.stripe.subscriptions.create(params));
    const waiting = await at.stripe.subscriptions.create({ ...params, payment_behavior: 'default_incomplete' });

    expect(refused).toMatchObject({ statusCode: 400, code: 'resource_missing', param: undefined });
    expect(refused.message).toContain('no attached payment source or default payment method');
    expect(waiting.status).toBe('incomplete');
  });

  it('does not come into being at all when an error was asked for', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa_chargeDeclinedInsufficientFunds');

    const refused = await refusal(
      at.stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: plan.fee.id }],
        payment_behavior: 'error_if_incomplete',
      }),
    );

    expect(refused).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
    });
    expect((await at.stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toEqual([]);
    expect((await at.stripe.invoices.list({ customer: customer.id })).data).toEqual([]);
  });

  it('waits without an attempt when that was asked for', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');

    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice.confirmation_secret'],
    });

    expect(subscription).toMatchObject({
      status: 'incomplete',
      latest_invoice: { status: 'open', attempted: false, confirmation_secret: { type: 'payment_intent' } },
    });
  });
});

describe('a subscription that is cancelled', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('at once loses the usage of its period and makes no more invoices', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const { id } = await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });

    const cancelled = await at.stripe.subscriptions.cancel(id);

    expect(cancelled).toMatchObject({ status: 'canceled', ended_at: at.seconds() });
    expect((await at.stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
    expect(at.twin.nextAt()).toBeUndefined();
  });

  it('at the period’s end has a last invoice with the usage alone', async () => {
    const plan = await aPlan(at.stripe, { unit: '100' });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const items = [{ price: plan.fee.id }, { price: plan.voice.id }];
    const { id } = await at.stripe.subscriptions.create({ customer: customer.id, items });
    const payload = { stripe_customer_id: customer.id, value: '7' };
    await at.stripe.billing.meterEvents.create({ event_name: plan.meter.event_name, payload });
    await at.stripe.subscriptions.update(id, { cancel_at_period_end: true });

    await at.moveTo('2026-12-01T01:00:00Z');

    expect(await at.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' });
    const last = await latestInvoice(at.stripe, customer);
    expect(linesAsText(last)).toEqual(['7 → 700 (2026-11-01T00:00 to 2026-12-01T00:00)']);
    expect(last.status).toBe('paid');
  });
});
