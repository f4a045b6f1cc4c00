import { beforeAll, describe, expect, test } from 'vitest';
import { textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { audit } from './audit.ts';
import { useBrowser } from './use-browser.ts';

// What a subscriber does at Stripe, played by the twin: a month of a card that fails, then a card that pays.

const prepared = usePreparedCloud();
const browser = useBrowser();
let customer: string;

beforeAll(async () => {
  const { operator, stripe, cloud } = prepared;
  const account = { name: 'Fia Fail', email: 'fia@example.com', currency: 'SEK', billingDay: 1 };
  const { body } = await operator.put('/v1/accounts/fia', account);
  customer = textIn(body, 'stripeCustomer');
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  await operator.put('/v1/accounts/fia/lines/first', { msisdn: '+46700000001', plan: 'small' });
  const failing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.id } });
  await cloud.moveTo(Date.UTC(2026, 11, 1, 3));
});

async function openInvoice() {
  const { data } = await prepared.stripe.invoices.list({ customer, status: 'open' });
  return data[0];
}

describe('the invoice page', () => {
  test('tells what is due and can be read by everybody', async () => {
    const invoice = await openInvoice();
    const page = await browser.open(invoice?.hosted_invoice_url ?? '', { width: 360 });
    await browser.picture(page, 'invoice-open-360');

    expect(await page.textContent('main')).toContain('SEK 100.00 is due');
    expect(await audit(page)).toEqual([]);
  });

  test('a card that is refused is told of, and another one pays, by keyboard alone', async () => {
    const invoice = await openInvoice();
    const page = await browser.open(invoice?.hosted_invoice_url ?? '');
    await page.getByLabel(/refused: insufficient funds/).check();
    await page.getByRole('button', { name: /^Pay/ }).click();
    const refused = await page.getByRole('alert').textContent();
    await browser.picture(page, 'invoice-refused');
    expect(refused).toContain('The payment did not go through.');
    expect(await audit(page)).toEqual([]);

    await page.getByLabel(/visa ending in 4242/).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: /^Pay/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('was paid on').waitFor();
    await browser.picture(page, 'invoice-paid');

    expect(await page.textContent('main')).toContain('SEK 100.00 was paid on 1 Dec 2026.');
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await prepared.stripe.invoices.retrieve(invoice?.id ?? '')).toMatchObject({ status: 'paid' });
  });
});

describe('the portal page', () => {
  test('replaces the card: the new one is what the next invoice is charged to', async () => {
    const session = await prepared.stripe.billingPortal.sessions.create({
      customer,
      flow_data: { type: 'payment_method_update' },
    });
    const page = await browser.open(session.url, { width: 360 });
    await browser.picture(page, 'portal-card-360');
    expect(await audit(page)).toEqual([]);

    await page.getByLabel(/mastercard ending in 4444/).check();
    await page.getByRole('button', { name: 'Save this card' }).click();
    await page.getByRole('status').waitFor();
    await browser.picture(page, 'portal-saved-360');

    expect(await page.getByRole('status').textContent()).toContain('Your card was saved.');
    expect(await audit(page)).toEqual([]);
    const { invoice_settings } = await prepared.stripe.customers
      .retrieve(customer, { expand: ['invoice_settings.default_payment_method'] })
      .then(found => (found.deleted === true ? Promise.reject(new Error('The customer is gone.')) : found));
    expect(invoice_settings.default_payment_method).toMatchObject({ card: { brand: 'mastercard', last4: '4444' } });
  });

  test.each(['light', 'dark'] as const)('lists the invoices and can be read in the %s', async look => {
    const session = await prepared.stripe.billingPortal.sessions.create({ customer });
    const page = await browser.open(session.url, { look });
    await browser.picture(page, `portal-${look}`);

    expect(await page.getByRole('row').count()).toBeGreaterThan(1);
    expect(await audit(page)).toEqual([]);
  });
});
