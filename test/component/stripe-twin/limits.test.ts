import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan } from './operator.ts';
import { refusal, useTwin } from './use-twin.ts';

// docs.stripe.com/api/subscriptions/create, docs.stripe.com/rate-limits and
// docs.stripe.com/billing/subscriptions/billing-mode/compare.

describe('a subscription', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  async function prices(count: number) {
    const product = await at.stripe.products.create({ name: 'Many' });
    return Promise.all(
      Array.from({ length: count }, (_, n) =>
        at.stripe.prices.create({
          product: product.id,
          currency: 'sek',
          unit_amount: 1_000 + n,
          recurring: { interval: 'month' },
        }),
      ),
    );
  }

  it('has at most twenty items', async () => {
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const all = await prices(21);
    const items = all.map(({ id }) => ({ price: id }));

    const refused = await refusal(at.stripe.subscriptions.create({ customer: customer.id, items }));
    const subscription = await at.stripe.subscriptions.create({ customer: customer.id, items: items.slice(0, 20) });
    const added = await refusal(
      at.stripe.subscriptionItems.create({ subscription: subscription.id, price: items[20]?.price ?? '' }),
    );
    // One goes in the same call as another one comes.
    const [first] = subscription.items.data;
    const changed = await at.stripe.subscriptions.update(subscription.id, {
      items: [{ id: first?.id ?? '', deleted: true }, items[20] ?? {}],
    });

    for (const one of [refused, added]) expect(one).toMatchObject({ statusCode: 400, param: 'items' });
    expect(changed.items.has_more).toBe(true);
    expect(await at.stripe.subscriptionItems.list({ subscription: subscription.id, limit: 100 })).toMatchObject({
      data: { length: 20 },
    });
  });

  it('takes two hundred changes of quantity an hour', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const { items } = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
    });
    const item = items.data[0]?.id ?? '';
    const set = (quantity: number) =>
      at.stripe.subscriptionItems.update(item, { quantity, proration_behavior: 'none' });
    for (let quantity = 2; quantity <= 201; quantity += 1) await set(quantity);

    const refused = await refusal(set(202));
    const same = await set(201);
    await at.moveTo('2026-11-01T01:00:00Z');

    expect(refused).toMatchObject({
      statusCode: 429,
      code: 'rate_limit',
      headers: { 'stripe-rate-limited-reason': 'resource-specific' },
    });
    expect(same.quantity).toBe(201);
    expect((await set(202)).quantity).toBe(202);
  });

  it('has ten new invoices a minute and twenty a day by calls', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const { items } = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }],
    });
    let quantity = 1;
    const invoiceNow = () =>
      at.stripe.subscriptionItems.update(items.data[0]?.id ?? '', {
        quantity: ++quantity,
        proration_behavior: 'always_invoice',
      });
    // The first invoice counts.
    for (let n = 2; n <= 10; n += 1) await invoiceNow();

    const inTheMinute = await refusal(invoiceNow());
    await at.moveTo('2026-11-01T00:01:00Z');
    for (let n = 11; n <= 20; n += 1) await invoiceNow();
    await at.moveTo('2026-11-01T23:59:59Z');
    const inTheDay = await refusal(invoiceNow());
    await at.moveTo('2026-11-02T00:01:00Z');

    for (const refused of [inTheMinute, inTheDay])
      expect(refused).toMatchObject({ statusCode: 429, code: 'rate_limit' });
    expect((await invoiceNow()).object).toBe('subscription_item');
  });

  it('does not let usage be cleared', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const { id, items } = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: plan.fee.id }, { price: plan.voice.id }],
    });
    const metered = items.data.find(({ price }) => price.id === plan.voice.id)?.id ?? '';

    const removed = at.stripe.subscriptionItems.del(metered, { clear_usage: true });
    const changed = at.stripe.subscriptions.update(id, { items: [{ id: metered, deleted: true, clear_usage: true }] });

    expect(await refusal(removed)).toMatchObject({ statusCode: 400, param: 'clear_usage' });
    expect(await refusal(changed)).toMatchObject({ statusCode: 400, param: 'items[0][clear_usage]' });
  });
});
