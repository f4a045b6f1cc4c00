import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

const world = usePreparedCloud();
const HOUR = 3_600_000;

const Mails = z.object({
  items: z.array(z.object({ at: z.string(), to: z.string(), subject: z.string(), text: z.string(), html: z.string() })),
});
const Messages = z.object({
  items: z.array(z.object({ id: z.string(), channel: z.string(), template: z.string(), state: z.string() })),
});

/** A month of an account that gets its bills by mail and text message, in Swedish, and pays by card. */
beforeAll(async () => {
  const account = {
    name: 'Example AB',
    email: 'a@example.com',
    phone: '+46701110000',
    currency: 'SEK',
    locale: 'sv',
    billingDay: 1,
    delivery: ['email', 'sms', 'portal'],
  };
  const answer = await call('PUT', '/v1/accounts/acc-1', account);
  const customer = z.object({ stripeCustomer: z.string() }).parse(answer).stripeCustomer;
  const card = await world.stripe.paymentMethods.attach('pm_card_visa', { customer });
  await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  const line = { msisdn: '+46701234567', plan: 'small', from: '2026-11-01T00:00:00Z' };
  await call('PUT', '/v1/accounts/acc-1/lines/line-1', line);
  await world.cloud.moveTo(Date.UTC(2026, 11, 1) + 8 * HOUR);
}, 120_000);

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${world.cloud.api}${path}`, {
    method,
    headers: { authorization: 'Bearer dk_local_admin', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.json();
}

describe('bills of a month', () => {
  test('each goes out once by each way, texts in the morning, and is known to have arrived', async () => {
    const mails = Mails.parse(await call('GET', '/_local/mails')).items;
    const { items } = z
      .object({ items: z.array(z.object({ at: z.string(), to: z.string(), text: z.string() })) })
      .parse(await call('GET', '/_local/sms'));
    const messages = Messages.parse(await call('GET', '/v1/accounts/acc-1/messages')).items;

    expect(mails.map(({ to, subject }) => [to, subject.replace(/\d+,\d\d/, 'n')])).toEqual([
      ['a@example.com', 'Dunlin Mobile: din faktura för november, n kr'],
      ['a@example.com', 'Dunlin Mobile: din första faktura, n kr'],
    ]);
    // The account's clock is UTC, the period ended at midnight.
    expect(items.map(({ at, to }) => [at, to])).toEqual([
      ['2026-12-01T08:00:00Z', '+46701110000'],
      ['2026-11-01T08:00:00Z', '+46701110000'],
    ]);
    expect(messages.map(({ channel, template, state }) => `${template} ${channel} ${state}`).toSorted()).toEqual([
      'bill email delivered',
      'bill email delivered',
      'bill sms delivered',
      'bill sms delivered',
    ]);
  });

  test('the link in the mail stands alone on its line and opens the bill', async () => {
    const [newest] = Mails.parse(await call('GET', '/_local/mails')).items;
    const [link = '', ...others] = newest?.text.split('\n').filter(line => line.includes('/b/')) ?? [];
    const page = await fetch(link);

    expect(others).toEqual([]);
    expect(newest?.html).toContain(`href="${link}"`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<html lang="sv"');
  });
});
