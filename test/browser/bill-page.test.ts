import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { aCall, aDataSession, anSms } from '#test/builders/usage.ts';
import { ADMIN_KEY } from '#test/parts/outsider.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { audit } from './audit.ts';
import { useBrowser } from './use-browser.ts';

// One month of the sample catalog for four subscribers, each in another language; the last one's card fails.

const prepared = usePreparedCloud({ catalog: 'infra/catalog' });
const browser = useBrowser();
const newest = new Map<string, string>();

const SUBSCRIBERS = [
  { locale: 'sv', currency: 'SEK', line: '+46701110001', timezone: 'Europe/Stockholm', card: 'pm_card_visa' },
  { locale: 'nl', currency: 'EUR', line: '+31612340001', timezone: 'Europe/Amsterdam', card: 'pm_card_visa' },
  { locale: 'fr', currency: 'EUR', line: '+33612340001', timezone: 'Europe/Paris', card: 'pm_card_visa' },
  { locale: 'en', currency: 'EUR', line: '+31612340002', timezone: 'UTC', card: 'pm_card_chargeCustomerFail' },
] as const;
const LOCALES = SUBSCRIBERS.map(({ locale }) => locale);

const Bills = z.object({ items: z.array(z.object({ id: z.string() })) });

beforeAll(async () => {
  const { operator, stripe, cloud } = prepared;
  for (const { locale, currency, line, timezone, card } of SUBSCRIBERS) {
    const fields = { name: `Subscriber ${locale}`, email: `${locale}@example.com`, locale, currency, timezone };
    const { body } = await operator.put(`/v1/accounts/${locale}`, { ...fields, itemised: true, billingDay: 1 });
    const customer: string = body.stripeCustomer;
    const pay = async (id: string) => {
      const method = await stripe.paymentMethods.attach(id, { customer });
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    };
    await pay('pm_card_visa');
    await operator.put(`/v1/accounts/${locale}/lines/first`, { msisdn: line, plan: 'mobile-10' });
    if (card !== 'pm_card_visa') await pay(card);
  }
  await cloud.moveTo(Date.UTC(2026, 10, 20));
  const usage = SUBSCRIBERS.flatMap(({ line }) => [
    aCall({ line, peer: '+4681234567', startedAt: '2026-11-03T09:00:00Z', seconds: 200 }),
    aCall({ line, peer: '+12125550100', startedAt: '2026-11-05T12:00:00Z', seconds: 330 }),
    anSms({ line, startedAt: '2026-11-06T12:00:00Z' }),
    aDataSession({ line, startedAt: '2026-11-07T12:00:00Z', bytes: 12_400_000_000 }),
  ]);
  await operator.post('/v1/usage', usage);
  await cloud.moveTo(Date.UTC(2026, 11, 1, 3));
  for (const locale of LOCALES) {
    const { body } = await operator.get(`/v1/accounts/${locale}/bills`);
    newest.set(locale, Bills.parse(body).items[0]?.id ?? '');
  }
});

describe.each(LOCALES)('the bill page in %s', locale => {
  test.each([
    [375, 'light'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('can be read by everybody, %i pixels wide, %s', async (width, look) => {
    const address = `${prepared.cloud.api}/v1/bills/${newest.get(locale)}.html`;
    const page = await browser.open(address, { width, look, key: ADMIN_KEY });
    await browser.picture(page, `bill-${locale}-${width}-${look}`);

    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await audit(page)).toEqual([]);
  });
});
