import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan } from './operator.ts';
import { refusal, useTwin } from './use-twin.ts';

describe('prices', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  async function aFee(lookup_key: string, more: Partial<Stripe.PriceCreateParams> = {}) {
    const product = await at.stripe.products.create({ name: 'Mobile' });
    const price = { product: product.id, currency: 'EUR', unit_amount: 990, recurring: { interval: 'month' } } as const;
    return at.stripe.prices.create({ ...price, lookup_key, ...more });
  }

  it('are found by lookup keys, which name one price each', async () => {
    const [first, second] = [await aFee('fee:1'), await aFee('fee:2')];
    await aFee('fee:3');

    const found = await at.stripe.prices.list({ lookup_keys: ['fee:1', 'fee:2', 'fee:9'] });
    const taken = await refusal(aFee('fee:1'));

    expect(found.data.map(price => price.id)).toEqual([second.id, first.id]);
    expect(taken).toMatchObject({ statusCode: 400, param: 'lookup_key' });
  });

  it('give their lookup key away in one step', async () => {
    const old = await aFee('fee');

    const next = await aFee('fee', { transfer_lookup_key: true });

    expect(next.lookup_key).toBe('fee');
    expect(await at.stripe.prices.retrieve(old.id)).toMatchObject({ lookup_key: null });
  });

  it('keep decimals of minor units to 12 places, and a whole number as such too', async () => {
    const product = await at.stripe.products.create({ name: 'Calls' });
    const priced = (amount: string) =>
      at.stripe.prices.create({
        product: product.id,
        currency: 'sek',
        unit_amount_decimal: Stripe.Decimal.from(amount),
      });

    const tiny = await priced('0.000000000001');
    const whole = await priced('15900.00');

    expect([tiny.unit_amount, String(tiny.unit_amount_decimal)]).toEqual([null, '0.000000000001']);
    expect([whole.unit_amount, String(whole.unit_amount_decimal)]).toEqual([15_900, '15900']);
    expect(tiny).toMatchObject({ type: 'one_time', currency: 'sek' });
    expect((await refusal(priced('0.0000000000001'))).statusCode).toBe(400);
  });

  it('need a meter when they are metered, and an active one', async () => {
    const plan = await aPlan(at.stripe);
    const metered = (meter?: string) =>
      at.stripe.prices.create({
        product: String(plan.fee.product),
        currency: 'sek',
        unit_amount: 1,
        recurring: { interval: 'month', usage_type: 'metered', ...(meter === undefined ? {} : { meter }) },
      });
    const without = await refusal(metered());
    await at.stripe.billing.meters.deactivate(plan.meter.id);
    const inactive = await refusal(metered(plan.meter.id));

    expect([without.param, inactive.param]).toEqual(['recurring[meter]', 'recurring[meter]']);
  });

  it('change only where Stripe lets them', async () => {
    const price = await aFee('fee');

    const next = await at.stripe.prices.update(price.id, {
      nickname: 'Fee',
      active: false,
      metadata: { plan: 'mobile' },
    });
    const refused = await refusal(at.stripe.rawRequest('POST', `/v1/prices/${price.id}`, { unit_amount: 1 }));

    expect(next).toMatchObject({ nickname: 'Fee', active: false, metadata: { plan: 'mobile' }, unit_amount: 990 });
    expect(refused).toMatchObject({ code: 'parameter_unknown', param: 'unit_amount' });
    expect((await at.stripe.prices.list({ active: true })).data).toEqual([]);
  });

  it('belong to products that may have ids of the operator’s own', async () => {
    await at.stripe.products.create({ id: 'plan-basic', name: 'Basic' });

    const again = await refusal(at.stripe.products.create({ id: 'plan-basic', name: 'Basic' }));
    const updated = await at.stripe.products.update('plan-basic', {
      description: 'Calls and data',
      unit_label: 'line',
    });

    expect(again.code).toBe('resource_already_exists');
    expect(updated).toMatchObject({ id: 'plan-basic', description: 'Calls and data', unit_label: 'line' });
    expect((await at.stripe.products.list()).data).toHaveLength(1);
  });
});

describe('meters', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('have an event name each', async () => {
    const plan = await aPlan(at.stripe);
    const again = {
      display_name: 'Again',
      event_name: plan.meter.event_name,
      default_aggregation: { formula: 'sum' },
    } as const;

    const refused = await refusal(at.stripe.billing.meters.create(again));
    const renamed = await at.stripe.billing.meters.update(plan.meter.id, { display_name: 'Voice' });

    expect(refused).toMatchObject({ statusCode: 400, param: 'event_name' });
    expect(renamed.display_name).toBe('Voice');
    expect((await at.stripe.billing.meters.list({ status: 'active' })).data).toHaveLength(1);
    expect((await at.stripe.billing.meters.retrieve(plan.meter.id)).customer_mapping.event_payload_key).toBe(
      'stripe_customer_id',
    );
  });
});

describe('customers', () => {
  const at = useTwin('2026-11-01T00:00:00Z');

  it('keep what they are given, change it by field, and lose what is set to nothing', async () => {
    const customer = await at.stripe.customers.create({
      name: 'Example AB',
      email: 'billing@example.com',
      phone: '+46701110000',
      address: { line1: 'Storgatan 1', city: 'Malmö', postal_code: '21142', country: 'SE' },
      preferred_locales: ['sv'],
      metadata: { account: 'acc-1', tier: 'gold' },
    });

    const next = await at.stripe.customers.update(customer.id, { phone: '', metadata: { tier: '', seat: '7' } });

    expect(next).toMatchObject({
      name: 'Example AB',
      phone: null,
      address: { line1: 'Storgatan 1', line2: null, city: 'Malmö' },
      preferred_locales: ['sv'],
      metadata: { account: 'acc-1', seat: '7' },
    });
    expect(next.metadata).not.toHaveProperty('tier');
    expect((await at.stripe.customers.list({ email: 'billing@example.com' })).data).toHaveLength(1);
    const { data } = await at.stripe.events.list({ type: 'customer.updated' });
    expect(data[0]?.data.previous_attributes).toEqual({
      phone: '+46701110000',
      metadata: { seat: null, tier: 'gold' },
    });
  });

  it('get a card of their own from a test id, and only such a one as default', async () => {
    const customer = await aCustomer(at.stripe);
    const foreign = await at.stripe.paymentMethods.attach('pm_card_mastercard', {
      customer: (await aCustomer(at.stripe)).id,
    });

    const card = await at.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const refused = await refusal(
      at.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: foreign.id } }),
    );
    const next = await at.stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: card.id },
    });

    expect(card).toMatchObject({ customer: customer.id, type: 'card', card: { brand: 'visa', last4: '4242' } });
    expect(card.id).not.toBe('pm_card_visa');
    expect(refused).toMatchObject({ statusCode: 400, param: 'invoice_settings[default_payment_method]' });
    expect(next.invoice_settings.default_payment_method).toBe(card.id);
    expect((await at.stripe.customers.listPaymentMethods(customer.id)).data.map(each => each.id)).toEqual([card.id]);
    expect((await at.stripe.paymentMethods.list({ customer: customer.id, type: 'card' })).data).toHaveLength(1);
  });

  it('lose their default with the card', async () => {
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const [card] = (await at.stripe.customers.listPaymentMethods(customer.id)).data;

    await at.stripe.paymentMethods.detach(card?.id ?? '');

    expect(await at.stripe.customers.retrieve(customer.id)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
  });

  it('have subscriptions that do not charge a card any more that was taken away', async () => {
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const { fee } = await aPlan(at.stripe);
    const [card] = (await at.stripe.customers.listPaymentMethods(customer.id)).data;
    const subscription = await at.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: fee.id }],
      default_payment_method: card?.id ?? '',
    });

    await at.stripe.paymentMethods.detach(card?.id ?? '');

    expect((await at.stripe.subscriptions.retrieve(subscription.id)).default_payment_method).toBeNull();
  });

  it('can be made with a card in one call', async () => {
    const customer = await at.stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
      expand: ['invoice_settings.default_payment_method'],
    });

    expect(customer.invoice_settings.default_payment_method).toMatchObject({
      card: { last4: '4242' },
      customer: customer.id,
    });
  });
});
