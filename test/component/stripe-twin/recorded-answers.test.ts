import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan, latestInvoice } from './operator.ts';
import { refusal, useTwin } from './use-twin.ts';

// What recorded answers of the real API showed (README of the twin, "Beside recorded answers").

const START = '2026-11-01T00:00:00Z';

describe('a card that wants its holder', () => {
  const at = useTwin(START);

  async function begun(off_session: boolean) {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_authenticationRequired');
    const { status } = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
      ...(off_session && { off_session }),
    });
    const invoice = await latestInvoice(at.stripe, customer);
    const [intent] = (await at.stripe.paymentIntents.list({ customer: customer.id })).data;
    const charges = (await at.stripe.charges.list({ customer: customer.id })).data;
    return { status, invoice, intent, charges, card: customer.invoice_settings.default_payment_method };
  }

  it('is not charged while somebody could confirm: the payment waits for that', async () => {
    const { status, invoice, intent, charges, card } = await begun(false);

    expect(status).toBe('incomplete');
    expect(invoice).toMatchObject({ status: 'open', attempted: true, attempt_count: 0 });
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'use_stripe_sdk' },
      payment_method: card,
      last_payment_error: null,
    });
    expect(charges).toEqual([]);
  });

  it('is refused where nobody is there, and the payment waits all the same', async () => {
    const { status, invoice, intent, charges, card } = await begun(true);

    expect(status).toBe('incomplete');
    expect(invoice).toMatchObject({ status: 'open', attempted: true, attempt_count: 1 });
    expect(intent).toMatchObject({ status: 'requires_action', payment_method: card, last_payment_error: null });
    expect(charges).toMatchObject([{ status: 'failed', failure_code: 'authentication_required' }]);
  });
});

describe('a payment method', () => {
  const at = useTwin(START);

  it('that its bank refuses at once is not attached', async () => {
    const { id: customer } = await aCustomer(at.stripe);

    const refused = await refusal(at.stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer }));

    expect(refused).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
      param: '',
      headers: { 'stripe-should-retry': 'false' },
    });
    expect(refused.raw).toMatchObject({ network_decline_code: '01', advice_code: 'try_again_later' });
    expect(refused.raw).not.toHaveProperty('charge');
    expect((await at.stripe.paymentMethods.list({ customer })).data).toEqual([]);
  });

  it('that is not there is a 404', async () => {
    const { id: customer } = await aCustomer(at.stripe);

    expect(await refusal(at.stripe.paymentMethods.attach('x', { customer }))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'payment_method',
    });
  });
});

describe('a change', () => {
  const at = useTwin(START);

  it('to a yearly price gives the item a year, and the month’s end asks for nothing', async () => {
    const plan = await aPlan(at.stripe, { fee: 2_500 });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const yearly = await at.stripe.prices.create({
      product: String(plan.fee.product),
      currency: 'sek',
      unit_amount: 25_000,
      recurring: { interval: 'year' },
    });
    const { items } = await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });

    const item = await at.stripe.subscriptionItems.update(items.data[0]?.id ?? '', {
      price: yearly.id,
      proration_behavior: 'always_invoice',
    });
    const change = await latestInvoice(at.stripe, customer);
    await at.moveTo('2026-12-02T00:00:00Z');

    expect(item.current_period_end).toBe(Date.parse('2027-11-01T00:00:00Z') / 1_000);
    // 250.00 for the year less 25.00 for the month that was not begun
    expect(change.total).toBe(22_500);
    expect((await latestInvoice(at.stripe, customer)).id).toBe(change.id);
  });

  it('credits before it charges, in Stripe’s words, without a unit amount', async () => {
    const plan = await aPlan(at.stripe, { fee: 3_000 });
    await at.stripe.products.update(String(plan.fee.product), { name: 'Mobile', unit_label: 'line' });
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const { items } = await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    await at.moveTo('2026-11-16T00:00:00Z');

    await at.stripe.subscriptionItems.update(items.data[0]?.id ?? '', {
      quantity: 2,
      proration_behavior: 'always_invoice',
    });
    const { lines } = await latestInvoice(at.stripe, customer);

    expect(
      lines.data.map(({ description, amount, pricing }) => [description, amount, pricing?.unit_amount_decimal]),
    ).toEqual([
      ['Unused time on Mobile after 16 Nov 2026', -1_500, null],
      ['Remaining time on 2 line × Mobile after 16 Nov 2026', 3_000, null],
    ]);
  });

  it('to an end at once takes back the end at the period’s end', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const { id } = await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    await at.stripe.subscriptions.update(id, { cancel_at_period_end: true });

    const ended = await at.stripe.subscriptions.cancel(id);

    expect(ended).toMatchObject({ status: 'canceled', cancel_at_period_end: false, cancel_at: null });
  });
});

describe('an answer', () => {
  const at = useTwin(START);

  it('to POST is not to be asked for again, and names the request that did it', async () => {
    const create = () => at.stripe.customers.create({}, { idempotencyKey: 'k' });

    const first = (await create()).lastResponse.headers;
    const again = (await create()).lastResponse.headers;
    const read = (await at.stripe.customers.list()).lastResponse.headers;

    expect(first).toMatchObject({ 'stripe-should-retry': 'false', 'original-request': first['request-id'] });
    expect(again['original-request']).toBe(first['request-id']);
    expect(again['request-id']).not.toBe(first['request-id']);
    expect(read).not.toHaveProperty('original-request');
    expect(read).not.toHaveProperty('stripe-should-retry');
  });

  it('says of a charge what it was paid with', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_amex');
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });

    const [charge] = (await at.stripe.charges.list({ customer: customer.id })).data;
    const [intent] = (await at.stripe.paymentIntents.list({ customer: customer.id })).data;
    const [method] = (await at.stripe.paymentMethods.list({ customer: customer.id })).data;

    expect(charge).toMatchObject({
      payment_method_details: { type: 'card', card: { brand: 'amex', last4: '8431' } },
      balance_transaction: expect.stringMatching(/^txn_/),
      receipt_url: expect.stringMatching(/^http/),
      outcome: { risk_score: expect.any(Number), seller_message: 'Payment complete.' },
    });
    expect(intent).toMatchObject({
      setup_future_usage: 'off_session',
      payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    });
    expect(method?.card?.display_brand).toBe('american_express');
  });
});
