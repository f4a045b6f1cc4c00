import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan, latestInvoice, linesAsText, report } from './operator.ts';
import { unix, useTwin } from './use-twin.ts';

describe('the end of a period', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('bills the usage of the period that ends and the fee of the next, an hour later, by the default card', async () => {
    const plan = await aPlan(at.stripe, { fee: 15_900, unit: '0.0001' });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const items = [{ price: plan.fee.id, quantity: 2 }, { price: plan.voice.id }];
    const { id } = await at.stripe.subscriptions.create({
      customer: customer.id,
      items,
      metadata: { account: 'acc-1' },
    });

    await at.moveTo('2026-11-20T12:00:00Z');
    await report(at.stripe, plan, customer, { value: '1200000', timestamp: unix('2026-11-20T11:00:00Z') });
    await report(at.stripe, plan, customer, { value: '-65433', timestamp: unix('2026-11-20T11:30:00Z') });
    await at.moveTo('2026-12-01T00:00:00Z');

    // 1 200 000 - 65 433 = 1 134 567 × 0.0001 = 113.4567; the fees: 2 × 15 900
    const draft = await latestInvoice(at.stripe, customer);
    expect(draft).toMatchObject({
      status: 'draft',
      billing_reason: 'subscription_cycle',
      period_start: unix('2026-11-01T00:00:00Z'),
      period_end: unix('2026-12-01T00:00:00Z'),
      automatically_finalizes_at: unix('2026-12-01T01:00:00Z'),
      number: null,
      total: 113 + 31_800,
    });
    expect(at.twin.nextAt()).toBe(Date.parse('2026-12-01T01:00:00Z'));

    await at.moveTo('2026-12-01T00:30:00Z');
    await report(at.stripe, plan, customer, { value: '50433', timestamp: unix('2026-11-30T23:59:59Z') });
    await report(at.stripe, plan, customer, { value: '999', timestamp: unix('2026-12-01T00:00:00Z') });
    await at.moveTo('2026-12-01T01:00:00Z');

    // In the grace time 50 433 more for November, 999 for December: 1 185 000 × 0.0001 = 118.5, half up
    const final = await at.stripe.invoices.retrieve(draft.id, { expand: ['payments.data.payment.payment_intent'] });
    expect(linesAsText(final)).toEqual([
      '1185000 → 119 (2026-11-01T00:00 to 2026-12-01T00:00)',
      '2 → 31800 (2026-12-01T00:00 to 2027-01-01T00:00)',
    ]);
    expect(final).toMatchObject({
      status: 'paid',
      total: 31_919,
      amount_paid: 31_919,
      automatically_finalizes_at: null,
      number: expect.stringMatching(/^[A-Z0-9]{8}-0002$/),
      parent: { subscription_details: { subscription: id, metadata: { account: 'acc-1' } } },
      payments: {
        data: [{ status: 'paid', amount_paid: 31_919, payment: { payment_intent: { status: 'succeeded' } } }],
      },
    });
    expect(final.lines.data[0]).toMatchObject({
      metadata: { account: 'acc-1' },
      parent: { subscription_item_details: { proration: false, subscription: id } },
      pricing: { price_details: { price: plan.voice.id } },
      quantity: 1_185_000,
    });

    const subscription = await at.stripe.subscriptions.retrieve(id);
    expect(subscription.items.data[0]).toMatchObject({
      current_period_start: unix('2026-12-01T00:00:00Z'),
      current_period_end: unix('2027-01-01T00:00:00Z'),
    });
    expect(at.twin.nextAt()).toBe(Date.parse('2027-01-01T00:00:00Z'));
  });

  it('loses what is reported after the invoice is final', async () => {
    const plan = await aPlan(at.stripe, { unit: '1' });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const start = at.now();
    await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }, { price: plan.voice.id }],
    });

    await at.moveTo('2027-01-01T02:00:01Z');
    await report(at.stripe, plan, customer, { value: '500', timestamp: unix('2026-12-15T00:00:00Z') });
    await at.moveTo('2027-02-01T02:00:01Z');

    expect(start).toBeLessThan(at.now());
    const { data } = await at.stripe.invoices.list({ customer: customer.id });
    expect(data.flatMap(linesAsText).filter(line => line.startsWith('500'))).toEqual([]);
  });

  it('does not bill usage that was reported before the item was added', async () => {
    const plan = await aPlan(at.stripe, { unit: '1' });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const items = [{ price: plan.fee.id }];
    const { id } = await at.stripe.subscriptions.create({ customer: customer.id, items });
    await report(at.stripe, plan, customer, { value: '100', timestamp: at.seconds() });
    await at.stripe.subscriptionItems.create({ subscription: id, price: plan.voice.id });
    await report(at.stripe, plan, customer, { value: '11', timestamp: at.seconds() });

    await at.moveTo('2026-12-01T01:00:00Z');

    const { data } = await at.stripe.invoices.list({ customer: customer.id });
    const metered = data
      .flatMap(invoice => invoice.lines.data)
      .filter(line => line.pricing?.price_details?.price === plan.voice.id);
    expect(metered.map(line => String(line.quantity_decimal))).toEqual(['11']);
  });
});

describe('a subscription over the months', () => {
  const at = useTwin('2026-10-31T06:00:00Z');

  it('keeps its day of the month where the month has it, and takes the last day where it has not', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });

    await at.moveTo('2027-04-01T00:00:00Z');

    const { data } = await at.stripe.invoices.list({ customer: customer.id, limit: 100 });
    expect(data.map(invoice => new Date(invoice.created * 1_000).toISOString().slice(0, 16)).reverse()).toEqual([
      '2026-10-31T06:00',
      '2026-11-30T06:00',
      '2026-12-31T06:00',
      '2027-01-31T06:00',
      '2027-02-28T06:00',
      '2027-03-31T06:00',
    ]);
    expect(data.every(invoice => invoice.status === 'paid')).toBe(true);
  });
});

describe('a cycle invoice that cannot be collected', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('stays open after the bank’s refusal, and the subscription is past due until a later one is paid', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const { id } = await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    const failing = await at.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
    await at.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: failing.id } });

    await at.moveTo('2026-12-01T01:00:00Z');

    const open = await latestInvoice(at.stripe, customer);
    expect(open).toMatchObject({
      status: 'open',
      attempted: true,
      attempt_count: 1,
      amount_remaining: 15_900,
      // An eighth of two weeks after the first
      next_payment_attempt: unix('2026-12-02T19:00:00Z'),
    });
    const payments = await at.stripe.invoicePayments.list({
      invoice: open.id,
      expand: ['data.payment.payment_intent.latest_charge'],
    });
    expect(payments.data).toMatchObject([
      {
        status: 'open',
        payment: {
          payment_intent: {
            status: 'requires_payment_method',
            last_payment_error: {
              code: 'card_declined',
              decline_code: 'generic_decline',
              advice_code: 'try_again_later',
            },
            latest_charge: { status: 'failed', outcome: { network_decline_code: '05' } },
          },
        },
      },
    ]);
    expect(await at.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
    expect(await at.stripe.customers.retrieve(customer.id)).toMatchObject({ delinquent: true });

    const card = await at.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await at.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
    await at.moveTo('2027-01-01T01:00:00Z');

    expect(await latestInvoice(at.stripe, customer)).toMatchObject({ status: 'paid' });
    expect(await at.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
  });

  it('is attempted without a card and stays open', async () => {
    const plan = await aPlan(at.stripe, { unit: '1000' });
    const customer = await aCustomer(at.stripe);
    const { id } = await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.voice.id }] });
    await report(at.stripe, plan, customer, { value: '3', timestamp: at.seconds() });

    await at.moveTo('2026-12-01T01:00:00Z');

    expect(await latestInvoice(at.stripe, customer)).toMatchObject({ status: 'open', total: 3_000, attempt_count: 1 });
    expect(await at.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
  });
});

describe('a subscription whose invoices are sent', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('is active from the start; its invoice is final after the grace time, due later, then overdue', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    const { id, status } = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
      collection_method: 'send_invoice',
      days_until_due: 14,
    });
    expect(status).toBe('active');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({ status: 'draft' });

    await at.moveTo('2026-11-01T01:00:00Z');
    expect(await latestInvoice(at.stripe, customer)).toMatchObject({
      status: 'open',
      attempted: false,
      due_date: unix('2026-11-15T01:00:00Z'),
    });

    await at.moveTo('2026-11-15T01:00:00Z');
    expect(await at.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
    expect((await at.stripe.events.list({ type: 'invoice.overdue' })).data).toHaveLength(1);
  });
});

describe('what comes to nothing or to little', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('no usage and no fee: no invoice', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.voice.id }] });

    await at.moveTo('2026-12-01T02:00:00Z');

    expect((await at.stripe.invoices.list({ customer: customer.id })).data).toEqual([]);
    expect(at.twin.nextAt()).toBe(Date.parse('2027-01-01T00:00:00Z'));
  });

  it('corrections below zero bill as zero: no line', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.voice.id }] });
    await report(at.stripe, plan, customer, { value: '-5', timestamp: at.seconds() });

    await at.moveTo('2026-12-01T01:00:00Z');

    expect((await at.stripe.invoices.list({ customer: customer.id })).data).toEqual([]);
  });

  it('an amount below the minimum waits on the balance and is collected with the next', async () => {
    const plan = await aPlan(at.stripe, { unit: '1' });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.voice.id }] });
    await report(at.stripe, plan, customer, { value: '120', timestamp: at.seconds() });
    await at.moveTo('2026-12-01T01:00:00Z');
    await report(at.stripe, plan, customer, { value: '400', timestamp: at.seconds() });
    await at.moveTo('2027-01-01T01:00:00Z');

    // 1.20 SEK < 3.00 SEK: owed; then 4.00 + 1.20 = 5.20 SEK are charged
    const { data } = await at.stripe.invoices.list({ customer: customer.id });
    expect(
      data.map(({ total, amount_due, amount_paid, status }) => ({ total, amount_due, amount_paid, status })),
    ).toEqual([
      { total: 400, amount_due: 520, amount_paid: 520, status: 'paid' },
      { total: 120, amount_due: 0, amount_paid: 0, status: 'paid' },
    ]);
    expect(await at.stripe.customers.retrieve(customer.id)).toMatchObject({ balance: 0 });
  });
});
