import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan, latestInvoice, linesAsText, report } from './operator.ts';
import { refusal, unix, useTwin } from './use-twin.ts';

describe('a change inside a period', () => {
  const at = useTwin('2026-12-01T00:00:00Z');

  async function subscribed(amounts: Parameters<typeof aPlan>[1] = {}) {
    const plan = await aPlan(at.stripe, amounts);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const items = [{ price: plan.fee.id }, { price: plan.voice.id }];
    const anchor = unix('2027-01-01T00:00:00Z');
    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items,
      billing_cycle_anchor: anchor,
    });
    const [fee, voice] = subscription.items.data;
    if (!fee || !voice) throw new Error('The subscription has lost its items.');
    return { plan, customer, subscription, fee, voice };
  }

  it('of the quantity waits as a credit and a charge for the rest, and is on the next invoice before the fees', async () => {
    const { customer, subscription, fee } = await subscribed({ fee: 15_900 });
    const first = await latestInvoice(at.stripe, customer);

    const changed = await at.stripe.subscriptions.update(subscription.id, {
      items: [{ id: fee.id, quantity: 3 }],
      proration_date: unix('2026-12-11T00:00:00Z'),
    });

    // Left of December: 21 of 31 days. 15 900 × 21 / 31 = 10 770.96…; 3 × 15 900 × 21 / 31 = 32 312.90…
    expect(changed.items.data[0]).toMatchObject({ id: fee.id, quantity: 3 });
    const pending = await at.stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(pending.data).toMatchObject([
      {
        amount: -10_771,
        quantity: 1,
        proration_details: {
          credited_items: {
            invoice_line_item_details: { invoice: first.id, invoice_line_items: [first.lines.data[0]?.id] },
          },
        },
      },
      { amount: 32_313, quantity: 3, proration: true },
    ]);

    await at.moveTo('2027-01-01T01:00:00Z');

    const next = await latestInvoice(at.stripe, customer);
    expect(linesAsText(next)).toEqual([
      '1 → -10771 (2026-12-11T00:00 to 2027-01-01T00:00)',
      '3 → 32313 (2026-12-11T00:00 to 2027-01-01T00:00)',
      '3 → 47700 (2027-01-01T00:00 to 2027-02-01T00:00)',
    ]);
    expect(next.total).toBe(32_313 - 10_771 + 47_700);
    expect(next.lines.data[0]?.parent?.subscription_item_details).toMatchObject({
      proration: true,
      invoice_item: pending.data[0]?.id,
      proration_details: { credited_items: { invoice: first.id } },
    });
  });

  it('that adds an item charges the rest of its period', async () => {
    const { customer, subscription } = await subscribed();
    const second = await aPlan(at.stripe, { fee: 9_900 });
    await at.moveTo('2026-12-17T12:00:00Z');

    await at.stripe.subscriptionItems.create({ subscription: subscription.id, price: second.fee.id, quantity: 1 });

    // 14.5 of December's 31 days: 9 900 × 14.5 / 31 = 4 630.64…
    const { data } = await at.stripe.invoiceItems.list({ customer: customer.id, pending: true });
    expect(data.map(item => item.amount)).toEqual([4_631]);
  });

  it('is billed at once when that was asked for', async () => {
    const { customer, fee } = await subscribed({ fee: 31_000 });
    await at.moveTo('2026-12-17T12:00:00Z');

    await at.stripe.subscriptionItems.update(fee.id, { quantity: 2, proration_behavior: 'always_invoice' });

    // Credit 31 000 × 14.5 / 31 = 14 500, charge twice that
    const invoice = await latestInvoice(at.stripe, customer);
    expect(invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_update', total: 14_500 });
  });

  it('costs nothing without proration', async () => {
    const { customer, fee } = await subscribed();

    await at.stripe.subscriptionItems.update(fee.id, { quantity: 5, proration_behavior: 'none' });

    expect((await at.stripe.invoiceItems.list({ customer: customer.id, pending: true })).data).toEqual([]);
  });

  it('that removes a metered item bills its usage at once and loses what comes later', async () => {
    const { plan, customer, voice } = await subscribed({ unit: '10' });
    await report(at.stripe, plan, customer, { value: '40', timestamp: at.seconds() });

    const removed = await at.stripe.subscriptionItems.del(voice.id);
    await report(at.stripe, plan, customer, { value: '2', timestamp: at.seconds() });

    expect(removed).toMatchObject({ id: voice.id, deleted: true });
    const invoice = await latestInvoice(at.stripe, customer);
    expect(invoice).toMatchObject({ status: 'paid', total: 400, billing_reason: 'subscription_update' });

    await at.moveTo('2027-01-01T01:00:00Z');
    const next = await latestInvoice(at.stripe, customer);
    expect(next.lines.data.map(line => line.pricing?.price_details?.price)).toEqual([plan.fee.id]);
  });

  it('is refused outside the period, for the last item, for the same price twice, and before the first payment', async () => {
    const { plan, subscription, fee, voice } = await subscribed();
    const early = at.stripe.subscriptionItems.update(fee.id, {
      quantity: 2,
      proration_date: unix('2026-06-01T00:00:00Z'),
    });
    const twice = at.stripe.subscriptionItems.create({ subscription: subscription.id, price: plan.voice.id });
    const refusals = [await refusal(early), await refusal(twice)];
    await at.stripe.subscriptionItems.del(voice.id);
    refusals.push(await refusal(at.stripe.subscriptionItems.del(fee.id)));
    const unpaid = await aCustomer(at.stripe, 'pm_card_chargeCustomerFail');
    const incomplete = await at.stripe.subscriptions.create({ customer: unpaid.id, items: [{ price: plan.fee.id }] });
    refusals.push(
      await refusal(at.stripe.subscriptionItems.create({ subscription: incomplete.id, price: plan.voice.id })),
    );

    expect(refusals.map(refused => refused.statusCode)).toEqual([400, 400, 400, 400]);
    expect((await at.stripe.subscriptionItems.list({ subscription: subscription.id })).data).toHaveLength(1);
  });
});
