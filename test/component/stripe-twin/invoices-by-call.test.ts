import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan, latestInvoice, linesAsText } from './operator.ts';
import { refusal, type TwinAtHand, unix, useTwin } from './use-twin.ts';

const START = '2026-11-01T00:00:00Z';
const PERIOD_END = '2026-12-01T00:00:00Z';

/** The draft of a renewal; fee 15 900. */
async function aDraft(at: TwinAtHand, card = 'pm_card_visa', options: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const plan = await aPlan(at.stripe);
  const customer = await aCustomer(at.stripe, 'pm_card_visa');
  const items = [{ price: plan.fee.id }];
  const subscription = await at.stripe.subscriptions.create({ customer: customer.id, items, ...options });
  if (card !== 'pm_card_visa') await replaceCard(at, customer, card);
  await at.moveTo(PERIOD_END);
  const draft = await latestInvoice(at.stripe, customer);
  expect(draft).toMatchObject({ status: 'draft', total: 15_900 });
  return { customer, subscription, draft };
}

async function replaceCard(at: TwinAtHand, customer: Stripe.Customer, card: string) {
  const method = await at.stripe.paymentMethods.attach(card, { customer: customer.id });
  await at.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  return method;
}

function objectId({ data: { object } }: Stripe.Event): string | undefined {
  return 'id' in object ? object.id : undefined;
}

describe('a draft', () => {
  const at = useTwin(START);

  it('takes up to four fields, a memo, a footer and metadata, which stay on the final invoice', async () => {
    const { draft } = await aDraft(at);
    const content = {
      custom_fields: [{ name: 'n'.repeat(40), value: 'v'.repeat(140) }],
      description: 'm'.repeat(1_500),
      footer: 'f'.repeat(5_000),
      metadata: { proof: 'abc' },
    };
    await at.stripe.invoices.update(draft.id, content);

    await at.moveTo('2026-12-01T01:00:00Z');

    expect(await at.stripe.invoices.retrieve(draft.id)).toMatchObject({ ...content, status: 'paid' });
    const [event] = (await at.stripe.events.list({ type: 'invoice.finalized', limit: 1 })).data;
    expect(event?.data.object).toMatchObject(content);
  });

  it.each([
    ['five fields', { custom_fields: Array.from({ length: 5 }, (_, n) => ({ name: `${n}`, value: 'x' })) }],
    ['a field with a long name', { custom_fields: [{ name: 'n'.repeat(41), value: 'x' }] }],
    ['a field with a long value', { custom_fields: [{ name: 'n', value: 'v'.repeat(141) }] }],
    ['a long memo', { description: 'm'.repeat(1_501) }],
    ['a long footer', { footer: 'f'.repeat(5_001) }],
    ['a due date, when it is charged to a card', { due_date: unix('2026-12-31T00:00:00Z') }],
    ['a finalisation in the past', { automatically_finalizes_at: unix('2026-11-30T00:00:00Z') }],
  ])('refuses %s', async (_, params) => {
    const { draft } = await aDraft(at);

    expect((await refusal(at.stripe.invoices.update(draft.id, params))).statusCode).toBe(400);
  });

  it('is final when it was told to be, whether or not endpoints know of it', async () => {
    await at.stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/', enabled_events: ['invoice.created'] });
    const { draft } = await aDraft(at);
    await at.stripe.invoices.update(draft.id, { automatically_finalizes_at: unix('2026-12-01T05:00:00Z') });

    await at.moveTo('2026-12-01T04:59:59Z');
    expect(await at.stripe.invoices.retrieve(draft.id)).toMatchObject({ status: 'draft' });
    await at.moveTo('2026-12-01T05:00:00Z');

    expect(await at.stripe.invoices.retrieve(draft.id)).toMatchObject({ status: 'paid' });
  });

  it('waits when it does not advance by itself, until it is finalised by call; the payment follows the answer', async () => {
    const { draft } = await aDraft(at);
    expect(await at.stripe.invoices.update(draft.id, { auto_advance: false })).toMatchObject({
      auto_advance: false,
      automatically_finalizes_at: null,
      next_payment_attempt: null,
    });
    await at.moveTo('2026-12-03T00:00:00Z');

    const final = await at.stripe.invoices.finalizeInvoice(draft.id, { auto_advance: true });

    expect(final).toMatchObject({ status: 'open', auto_advance: true, attempted: false, amount_remaining: 15_900 });
    expect(final.hosted_invoice_url).toMatch(/^http/);
    expect(await at.stripe.invoices.retrieve(draft.id)).toMatchObject({ status: 'paid', attempt_count: 1 });
    const again = await refusal(at.stripe.invoices.finalizeInvoice(draft.id));
    expect([again.statusCode, again.code]).toEqual([400, 'invoice_not_editable']);
  });

  it('that is finalised without advancing is not charged', async () => {
    const { draft } = await aDraft(at);
    await at.stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false });

    await at.moveTo('2026-12-10T00:00:00Z');

    expect(await at.stripe.invoices.retrieve(draft.id)).toMatchObject({ status: 'open', attempt_count: 0 });
  });

  it('has its own due date when it is sent', async () => {
    const { draft } = await aDraft(at, 'pm_card_visa', { collection_method: 'send_invoice', days_until_due: 30 });
    await at.stripe.invoices.update(draft.id, { due_date: unix('2026-12-20T00:00:00Z') });

    const sent = await at.stripe.invoices.sendInvoice(draft.id);
    expect(sent).toMatchObject({ status: 'open', due_date: unix('2026-12-20T00:00:00Z') });
    await at.moveTo('2026-12-20T00:00:00Z');

    const { data } = await at.stripe.events.list({ types: ['invoice.sent', 'invoice.overdue'] });
    const types = data.filter(event => objectId(event) === draft.id).map(event => event.type);
    expect(types).toEqual(['invoice.overdue', 'invoice.sent']);
  });
});

describe('items and lines of a draft', () => {
  const at = useTwin(START);

  it('come after those of the subscription, oldest first, and count at once', async () => {
    const { customer, draft } = await aDraft(at);
    const item = await at.stripe.invoiceItems.create({
      customer: customer.id,
      invoice: draft.id,
      amount: 500,
      currency: 'sek',
      description: 'Reminder fee',
      metadata: { kind: 'fee' },
    });
    const price = await at.stripe.prices.create({
      currency: 'sek',
      unit_amount: 70,
      product_data: { name: 'SIM card' },
    });
    const changed = await at.stripe.invoices.addLines(draft.id, {
      lines: [
        { amount: -100, description: 'Goodwill' },
        { pricing: { price: price.id }, quantity: 3 },
      ],
    });

    // 15 900 + 500 - 100 + 3 × 70
    expect(changed.total).toBe(16_510);
    expect(changed.lines.data.map(line => [line.description, line.amount]).slice(1)).toEqual([
      ['Reminder fee', 500],
      ['Goodwill', -100],
      [null, 210],
    ]);
    expect(changed.lines.data[1]).toMatchObject({
      metadata: { kind: 'fee' },
      parent: { invoice_item_details: { invoice_item: item.id }, type: 'invoice_item_details' },
    });
    expect((await at.stripe.invoiceItems.list({ invoice: draft.id })).data).toHaveLength(3);

    await at.stripe.invoiceItems.del(item.id);
    expect(await at.stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 16_010 });
  });

  it('that name no invoice wait for the next one', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    const item = await at.stripe.invoiceItems.create({ customer: customer.id, amount: 250 });
    expect(item).toMatchObject({ invoice: null, currency: 'sek', proration: false });

    await at.moveTo(PERIOD_END);

    const draft = await latestInvoice(at.stripe, customer);
    expect(draft.total).toBe(16_150);
    expect(linesAsText(draft)[0]).toBe('1 → 250 (2026-11-01T00:00 to 2026-11-01T00:00)');
    expect(await at.stripe.invoiceItems.retrieve(item.id)).toMatchObject({ invoice: draft.id });
  });

  it('cannot be changed once the invoice is final', async () => {
    const { customer, draft } = await aDraft(at);
    const item = await at.stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 1 });
    await at.stripe.invoices.finalizeInvoice(draft.id);

    const refused = [
      await refusal(at.stripe.invoices.update(draft.id, { description: 'too late' })),
      await refusal(at.stripe.invoices.addLines(draft.id, { lines: [{ amount: 1 }] })),
      await refusal(at.stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 1 })),
      await refusal(at.stripe.invoiceItems.del(item.id)),
    ];

    expect(refused.map(each => each.code)).toEqual(Array.from({ length: 4 }, () => 'invoice_not_editable'));
    expect(await at.stripe.invoices.update(draft.id, { metadata: { seen: 'yes' } })).toMatchObject({
      metadata: { seen: 'yes' },
    });
  });
});

describe('an open invoice', () => {
  const at = useTwin(START);

  async function anUnpaid(card = 'pm_card_chargeCustomerFail') {
    const { customer, subscription, draft } = await aDraft(at, card);
    await at.moveTo('2026-12-01T01:00:00Z');
    const open = await at.stripe.invoices.retrieve(draft.id);
    expect(open).toMatchObject({ status: 'open', attempt_count: 1 });
    const status = async () => (await at.stripe.subscriptions.retrieve(subscription.id)).status;
    expect(await status()).toBe('past_due');
    return { customer, open, status };
  }

  it('is paid by another card, which brings the subscription back', async () => {
    const { open, status } = await anUnpaid();

    const paid = await at.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa' });

    expect(paid).toMatchObject({ status: 'paid', amount_paid: 15_900, attempt_count: 1, next_payment_attempt: null });
    expect(await status()).toBe('active');
    expect((await refusal(at.stripe.invoices.pay(open.id))).message).toBe('Invoice is already paid');
  });

  it('that the bank refuses again is answered with 402; the attempt stands, but does not count', async () => {
    const { open } = await anUnpaid('pm_card_visa_chargeDeclinedInsufficientFunds');

    const refused = await refusal(at.stripe.invoices.pay(open.id));

    expect(refused).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'insufficient_funds' });
    const after = await at.stripe.invoices.retrieve(open.id);
    expect(after).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: open.next_payment_attempt });
    // The renewal's attempt and this one
    expect((await at.stripe.events.list({ type: 'invoice.payment_failed' })).data).toHaveLength(2);
  });

  it('is paid outside of Stripe', async () => {
    const { open, status } = await anUnpaid();

    const paid = await at.stripe.invoices.pay(open.id, { paid_out_of_band: true });

    expect(paid).toMatchObject({ status: 'paid', amount_remaining: 0 });
    expect(await status()).toBe('active');
    const types = ['invoice.paid', 'invoice.payment_succeeded'];
    const after = (await at.stripe.events.list({ types })).data.map(event => event.type);
    expect(after).toEqual(['invoice.paid']);
  });

  it('is written off, which lets the subscription go on, and can be paid all the same', async () => {
    const { open, status } = await anUnpaid();

    expect(await at.stripe.invoices.markUncollectible(open.id)).toMatchObject({ status: 'uncollectible' });

    expect(await status()).toBe('active');
    expect(await at.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 'paid' });
  });

  it('is void when it is voided, and nothing more happens to it', async () => {
    const { open } = await anUnpaid();

    expect(await at.stripe.invoices.voidInvoice(open.id)).toMatchObject({ status: 'void', next_payment_attempt: null });
    await at.moveTo('2026-12-20T00:00:00Z');

    expect(await at.stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'void', attempt_count: 1 });
    for (const call of [at.stripe.invoices.pay(open.id), at.stripe.invoices.markUncollectible(open.id)]) {
      expect((await refusal(call)).statusCode).toBe(400);
    }
  });

  it('that wants authentication is paid when somebody is there', async () => {
    const { open } = await anUnpaid('pm_card_authenticationRequired');
    expect((await at.stripe.events.list({ type: 'invoice.payment_action_required' })).data).toHaveLength(1);

    expect(await refusal(at.stripe.invoices.pay(open.id))).toMatchObject({ code: 'authentication_required' });
    expect(await at.stripe.invoices.pay(open.id, { off_session: false })).toMatchObject({ status: 'paid' });
  });
});
