import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan, latestInvoice } from './operator.ts';
import { refusal, type TwinAtHand, useTwin } from './use-twin.ts';

const START = '2026-11-01T00:00:00Z';

function send(url: string, card: string): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams({ card }), redirect: 'manual' });
}

/** Headings in order, every field with its label, nothing that runs. */
async function readable(response: Response): Promise<string> {
  const text = await response.text();
  expect(text).toContain('<html lang="en">');
  expect(text.match(/<h1>/g)).toHaveLength(1);
  expect(text).not.toContain('<script');
  expect(text.match(/<label><input/g)?.length ?? 0).toBe(text.match(/<input/g)?.length ?? 0);
  return text;
}

describe('the portal', () => {
  const at = useTwin(START);

  it('replaces the card and sends the customer back', async () => {
    const customer = await aCustomer(at.stripe, 'pm_card_chargeCustomerFail');
    const session = await at.stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: 'https://example.com/account',
      flow_data: {
        type: 'payment_method_update',
        after_completion: { type: 'redirect', redirect: { return_url: 'https://example.com/thanks' } },
      },
    });

    const text = await readable(await fetch(session.url));
    expect(text).toContain('Replace your card');
    expect(text).toContain('visa ending in 0341');
    const saved = await send(session.url, 'pm_card_mastercard');
    expect([saved.status, saved.headers.get('location')]).toEqual([303, 'https://example.com/thanks']);

    const { data } = await at.stripe.paymentMethods.list({ customer: customer.id });
    expect(data[0]?.card).toMatchObject({ brand: 'mastercard', last4: '4444' });
    const changed = await at.stripe.customers.retrieve(customer.id);
    expect(changed).toMatchObject({ invoice_settings: { default_payment_method: data[0]?.id } });
    const [updated, attached] = (await at.stripe.events.list({ limit: 2 })).data;
    expect([attached?.type, updated?.type]).toEqual(['payment_method.attached', 'customer.updated']);
  });

  it('lists the invoices, by name and number as they are', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    await at.stripe.customers.update(customer.id, { name: '<b>Kim</b> & Co' });
    await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    const { number } = await latestInvoice(at.stripe, customer);
    const session = await at.stripe.billingPortal.sessions.create({ customer: customer.id });

    const text = await readable(await fetch(session.url));

    expect(text).toContain('&lt;b>Kim&lt;/b> &amp; Co');
    expect(text).toContain(`>${number}</a>`);
    expect(text).toContain('SEK 159.00');
  });

  it('is closed after an hour, and to those who guess', async () => {
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const session = await at.stripe.billingPortal.sessions.create({ customer: customer.id });
    expect((await fetch(`${at.twin.address}/p/session/guess`)).status).toBe(404);

    await at.moveTo('2026-11-01T01:00:00Z');

    expect((await fetch(session.url)).status).toBe(404);
    expect((await send(session.url, 'pm_card_visa')).status).toBe(404);
  });

  it('offers what its configuration says', async () => {
    const customer = await aCustomer(at.stripe, 'pm_card_visa');
    const made = await at.stripe.billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
      business_profile: { headline: 'Dunlin Mobile' },
      default_return_url: 'https://example.com/',
    });
    const flow = { type: 'payment_method_update' } as const;
    const session = { customer: customer.id, configuration: made.id };
    expect((await refusal(at.stripe.billingPortal.sessions.create({ ...session, flow_data: flow }))).statusCode).toBe(
      400,
    );

    const { url } = await at.stripe.billingPortal.sessions.create(session);
    const text = await readable(await fetch(url));
    expect(text).toContain('Dunlin Mobile');
    expect(text).toContain('href="https://example.com/"');
    expect(text).not.toContain('<form');

    const features = { payment_method_update: { enabled: true } };
    await at.stripe.billingPortal.configurations.update(made.id, { features });
    expect(await readable(await fetch(url))).toContain('<form');
    expect((await at.stripe.billingPortal.configurations.list()).data).toHaveLength(1);
    expect(await at.stripe.billingPortal.configurations.retrieve(made.id)).toMatchObject({ is_default: false });
  });
});

describe('the page of an invoice', () => {
  const at = useTwin(START);

  async function anOpenInvoice({ stripe, moveTo }: TwinAtHand) {
    const plan = await aPlan(stripe);
    const customer = await aCustomer(stripe, 'pm_card_visa');
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
    const method = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    await moveTo('2026-12-01T01:00:00Z');
    const invoice = await latestInvoice(stripe, customer);
    return { id: invoice.id, url: invoice.hosted_invoice_url ?? '', pdf: invoice.invoice_pdf ?? '', method };
  }

  it('shows what is owed, says why a card was refused, and takes another', async () => {
    const { id, url } = await anOpenInvoice(at);
    expect(await readable(await fetch(url))).toContain('Pay SEK 159.00');

    const refused = await send(url, 'pm_card_chargeDeclinedInsufficientFunds');
    expect(refused.status).toBe(402);
    expect(await readable(refused)).toContain('Your card has insufficient funds.');
    const paid = await send(url, 'pm_card_visa');

    expect(paid.status).toBe(303);
    expect(await at.stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', attempt_count: 1 });
    const text = await readable(await fetch(url));
    expect(text).toContain('SEK 159.00 was paid on 1 Dec 2026.');
    expect(text).not.toContain('<form');
    expect((await send(url, 'pm_card_visa')).status).toBe(303);
  });

  it('lets the card on file be authenticated', async () => {
    const { id, url, method } = await anOpenInvoice(at);

    expect((await send(url, method.id)).status).toBe(303);

    expect(await at.stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid' });
  });

  it('charges a card once and forgets it, unless the subscription keeps what pays', async () => {
    const plan = await aPlan(at.stripe);
    const ways = ['off', 'on_subscription'] as const;
    const kept = ways.map(async save => {
      const customer = await aCustomer(at.stripe);
      const { id, latest_invoice } = await at.stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: plan.fee.id }],
        payment_behavior: 'default_incomplete',
        ...(save === 'on_subscription' && { payment_settings: { save_default_payment_method: save } }),
        expand: ['latest_invoice'],
      });
      if (latest_invoice === null || typeof latest_invoice === 'string') throw new Error('It was to be expanded.');
      expect((await send(latest_invoice.hosted_invoice_url ?? '', 'pm_card_visa')).status).toBe(303);
      const { status, default_payment_method, payment_settings } = await at.stripe.subscriptions.retrieve(id);
      const { data } = await at.stripe.paymentMethods.list({ customer: customer.id });
      return {
        status,
        setting: payment_settings?.save_default_payment_method,
        attached: data.length,
        isItsOwn: data.length > 0 && data[0]?.id === default_payment_method,
      };
    });

    expect(await Promise.all(kept)).toEqual([
      { status: 'active', setting: 'off', attached: 0, isItsOwn: false },
      { status: 'active', setting: 'on_subscription', attached: 1, isItsOwn: true },
    ]);
  });

  it('has a PDF', async () => {
    const { pdf } = await anOpenInvoice(at);

    const response = await fetch(pdf);

    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(await response.text()).toMatch(/^%PDF-1\.4[\s\S]+SEK 159\.00[\s\S]+%%EOF\n$/);
  });
});
