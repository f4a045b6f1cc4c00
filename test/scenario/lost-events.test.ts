import type Stripe from 'stripe';
import { beforeAll, describe, expect, test } from 'vitest';
import { listIn, textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { clickAndChoose } from './subscribers.ts';

// Somebody has switched Stripe's endpoint off before anything happens, and nobody notices for three months: not one event
// is delivered, and none is listed as undelivered. With the sample catalog and its dunning.

const prepared = usePreparedCloud({ catalog: 'infra/catalog' });
const HOUR = 3_600_000;

let customer = '';

const moveTo = (moment: string) => prepared.cloud.moveTo(Date.parse(moment));
/** The function looks twice a day, and leaves what is younger than an hour alone. */
const halfADayLater = () => prepared.cloud.moveTo(prepared.cloud.now() + 14 * HOUR);

const subjects = () =>
  prepared.cloud.outbox
    .mails()
    .map(({ subject }) => subject)
    .toReversed();

async function newestInvoice(): Promise<Stripe.Invoice> {
  const [invoice] = (await prepared.stripe.invoices.list({ customer, limit: 1 })).data;
  if (invoice === undefined) throw new Error('There is no invoice.');
  return invoice;
}

/** Opens Stripe's page of the newest invoice, and pays there. */
async function pay(card: string): Promise<void> {
  const page = (await newestInvoice()).hosted_invoice_url ?? '';
  await fetch(page, { method: 'POST', body: new URLSearchParams({ card }), redirect: 'manual' });
}

const stateOf = async (path: string) => textIn((await prepared.operator.get(path)).body, 'state');
const billStates = async () =>
  listIn((await prepared.operator.get('/v1/accounts/eva/bills')).body).map(({ status }) => status);

beforeAll(async () => {
  const { stripe, operator, cloud } = prepared;
  const [endpoint] = (await stripe.webhookEndpoints.list()).data;
  await stripe.webhookEndpoints.update(endpoint?.id ?? '', { disabled: true });
  const details = { name: 'Eva', email: 'eva@example.com', currency: 'SEK', billingDay: 1 };
  customer = textIn((await operator.put('/v1/accounts/eva', details)).body, 'stripeCustomer');
  await operator.put('/v1/accounts/eva/lines/first', { msisdn: '+46700000031', plan: 'mobile-10' });
  await cloud.settle();
});

describe('while no event comes', { timeout: 240_000 }, () => {
  test('the first bill and the link to pay it are sent all the same, and the payment is noticed', async () => {
    expect(subjects()).toEqual([]);
    await halfADayLater();
    const links = prepared.cloud.outbox.mails().flatMap(({ text }) => /^https?:\/\/\S+\/pay\/\S+$/m.exec(text) ?? []);
    expect(links).toHaveLength(1);
    expect(await billStates()).toEqual(['open']);

    expect(await clickAndChoose(prepared, links[0] ?? '', 'pm_card_visa')).toMatch(/ 303$/);
    await halfADayLater();

    expect(await stateOf('/v1/accounts/eva/lines/first')).toBe('active');
    expect(await billStates()).toEqual(['paid']);
    const stored = await prepared.stripe.customers.retrieve(customer);
    expect(stored).toMatchObject({ invoice_settings: { default_payment_method: expect.stringMatching(/^pm_/) } });
  });

  test('one case says that the endpoint is off', async () => {
    const cases = listIn((await prepared.operator.get('/v1/cases?state=open')).body);

    expect(cases.map(({ code }) => code)).toEqual(['webhook-off']);
  });

  test('a card that stops paying is chased up to the suspension', async () => {
    const { stripe } = prepared;
    const { id } = await stripe.paymentMethods.attach('pm_card_chargeDeclinedInsufficientFunds', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    await moveTo('2026-12-02T12:00:00Z');

    expect((await newestInvoice()).status).toBe('open');
    expect(await stateOf('/v1/accounts/eva/dunning')).toBe('open');
    expect(subjects().filter(subject => subject.includes('did not go through'))).toHaveLength(1);

    await moveTo('2026-12-24T12:00:00Z');
    expect(await stateOf('/v1/accounts/eva/lines/first')).toBe('suspended');
  });

  test('a payment gives the service back, and the bill says that it is paid', async () => {
    await pay('pm_card_visa');
    await halfADayLater();

    expect(await stateOf('/v1/accounts/eva/lines/first')).toBe('active');
    expect(await stateOf('/v1/accounts/eva/dunning')).toBe('closed');
    expect(await billStates()).toEqual(['paid', 'paid']);
    expect(prepared.cloud.outbox.posts('command').map(({ action }) => action)[0]).toBe('restore');
  });

  test('the next renewal is charged to the card that paid', async () => {
    await moveTo('2027-01-02T12:00:00Z');

    expect((await newestInvoice()).status).toBe('paid');
    expect(await billStates()).toEqual(['paid', 'paid', 'paid']);
  });
});
