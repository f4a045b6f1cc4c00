import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { clickAndChoose } from './subscribers.ts';

// Nobody of these has a card at Stripe before the link in our mail is opened. The prices are those of
// test/fixtures/catalog-two-months: the plan `small` costs 100.00 SEK a month.

const prepared = usePreparedCloud();

const moveTo = (moment: string) => prepared.cloud.moveTo(Date.parse(moment));

/** Returns the account's customer at Stripe. */
async function subscribe(account: string, msisdn: string, fields: object = {}): Promise<string> {
  const { operator, cloud } = prepared;
  const details = { name: account, email: `${account}@example.com`, currency: 'SEK', billingDay: 1, ...fields };
  const { body } = await operator.put(`/v1/accounts/${account}`, details);
  await operator.put(`/v1/accounts/${account}/lines/first`, { msisdn, plan: 'small' });
  await cloud.settle();
  return textIn(body, 'stripeCustomer');
}

/** Of the mails that ask for money, the newest first. */
function payLinksOf(account: string): string[] {
  const mails = prepared.cloud.outbox.mails().filter(({ to }) => to.includes(`${account}@example.com`));
  return mails.flatMap(({ text }) => /^https?:\/\/\S+\/pay\/\S+$/m.exec(text)?.slice(0, 1) ?? []);
}

async function newestInvoice(customer: string): Promise<Stripe.Invoice> {
  const [invoice] = (await prepared.stripe.invoices.list({ customer, limit: 1 })).data;
  if (invoice === undefined) throw new Error(`${customer} has no invoice.`);
  return invoice;
}

/** Newest first: `4242 succeeded`. */
async function charges(customer: string): Promise<string[]> {
  const { data } = await prepared.stripe.charges.list({ customer, limit: 100 });
  return Promise.all(
    data.map(async ({ status, payment_method }) => {
      const { card } = await prepared.stripe.paymentMethods.retrieve(payment_method ?? '');
      return `${card?.last4} ${status}`;
    }),
  );
}

async function stateOf(path: string) {
  return textIn((await prepared.operator.get(path)).body, 'state');
}

describe('who pays by our link', { timeout: 180_000 }, () => {
  test('is charged at the next renewal without doing anything', async () => {
    const customer = await subscribe('eva', '+46700000021');
    expect(await stateOf('/v1/accounts/eva/lines/first')).toBe('pending');
    expect(await clickAndChoose(prepared, payLinksOf('eva')[0] ?? '', 'pm_card_visa')).toMatch(/ 303$/);
    expect(await stateOf('/v1/accounts/eva/lines/first')).toBe('active');

    await moveTo('2026-12-01T04:00:00Z');

    const renewal = await newestInvoice(customer);
    expect([renewal.billing_reason, renewal.status, renewal.total]).toEqual(['subscription_cycle', 'paid', 10_000]);
    expect(await charges(customer)).toEqual(['4242 succeeded', '4242 succeeded']);
    expect(payLinksOf('eva')).toHaveLength(1);
  });

  test('can choose another card on the portal, which pays from then on', async () => {
    const customer = textIn((await prepared.operator.get('/v1/accounts/eva')).body, 'stripeCustomer');
    const { url } = await prepared.stripe.billingPortal.sessions.create({ customer });
    await fetch(url, { method: 'POST', body: new URLSearchParams({ card: 'pm_card_mastercard' }), redirect: 'manual' });
    await prepared.cloud.settle();

    await moveTo('2027-01-01T04:00:00Z');

    expect((await newestInvoice(customer)).status).toBe('paid');
    expect((await charges(customer))[0]).toBe('4444 succeeded');
  });

  test('after a refusal is charged on the card that paid, not on the refused one', async () => {
    const customer = textIn((await prepared.operator.get('/v1/accounts/eva')).body, 'stripeCustomer');
    const { stripe } = prepared;
    const failing = await stripe.paymentMethods.attach('pm_card_chargeDeclinedExpiredCard', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.id } });
    await prepared.cloud.settle();
    await moveTo('2027-02-01T12:00:00Z');
    expect((await newestInvoice(customer)).status).toBe('open');
    const { url } = await stripe.billingPortal.sessions.create({ customer });
    const page = (await newestInvoice(customer)).hosted_invoice_url ?? url;
    await fetch(page, { method: 'POST', body: new URLSearchParams({ card: 'pm_card_visa' }), redirect: 'manual' });
    await prepared.cloud.settle();

    await moveTo('2027-03-01T04:00:00Z');

    expect((await newestInvoice(customer)).status).toBe('paid');
    expect((await charges(customer)).slice(0, 3)).toEqual(['4242 succeeded', '4242 succeeded', '0069 failed']);
  });
});

test('of an account that gets invoices nothing is kept: each is paid by hand', { timeout: 60_000 }, async () => {
  const customer = await subscribe('firm', '+46700000022', { collection: 'invoice' });
  await moveTo('2027-03-01T08:00:00Z');
  const first = await newestInvoice(customer);
  const page = first.hosted_invoice_url ?? '';
  await fetch(page, { method: 'POST', body: new URLSearchParams({ card: 'pm_card_visa' }), redirect: 'manual' });
  await prepared.cloud.settle();

  expect((await newestInvoice(customer)).status).toBe('paid');
  expect((await prepared.stripe.paymentMethods.list({ customer })).data).toEqual([]);
});
