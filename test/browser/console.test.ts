import { beforeAll, describe, expect, test } from 'vitest';
import { aCall } from '#test/builders/usage.ts';
import { textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { audit } from './audit.ts';
import { LOOKS, useBrowser } from './use-browser.ts';

// The console of two subscribers, one with a card that fails from now on, and a record that nobody owns.

const prepared = usePreparedCloud();
const browser = useBrowser();

beforeAll(async () => {
  const { operator, stripe, cloud } = prepared;
  const people = [
    { id: 'ada', name: 'Ada & Söner Entreprenadmaskiner Aktiebolag', card: 'pm_card_visa' },
    { id: 'fia', name: 'Fia Fail', card: 'pm_card_chargeCustomerFail' },
  ];
  for (const [index, { id, name, card }] of people.entries()) {
    const account = { name, email: `${id}@example.com`, currency: 'SEK', billingDay: 1 };
    const { body } = await operator.put(`/v1/accounts/${id}`, account);
    const customer = textIn(body, 'stripeCustomer');
    for (const method of ['pm_card_visa', card]) {
      const attached = await stripe.paymentMethods.attach(method, { customer });
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: attached.id } });
      await operator.put(`/v1/accounts/${id}/lines/phone`, { msisdn: `+4670000000${index}`, plan: 'small' });
    }
  }
  await cloud.moveTo(Date.UTC(2026, 10, 2, 12));
  const startedAt = '2026-11-02T10:00:00Z';
  await operator.post('/v1/usage', [
    ...['+46700000000', '+46700000001', '+46709999999'].map(line => aCall({ line, startedAt })),
  ]);
  await cloud.settle();
});

const open = (path: string, visit: Parameters<typeof browser.open>[1] = {}) =>
  browser.open(`${prepared.cloud.api}${path}`, visit);

describe('the clock', () => {
  test.each([360, 1280])('is moved by keyboard, without script, %i pixels wide', async width => {
    const page = await open('/', { width, withScript: false });
    const before = prepared.cloud.now();
    await page.getByRole('button', { name: '+1 day' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => prepared.cloud.now() - before, { timeout: 110_000 }).toBe(24 * 60 * 60 * 1_000);

    const shown = () => page.locator('.clock time').getAttribute('datetime');
    await expect.poll(shown, { timeout: 110_000 }).toBe(new Date(prepared.cloud.now()).toISOString());
  });

  test('is the first thing that the keyboard comes to, after the name', async () => {
    const page = await open('/');
    const visited: string[] = [];
    for (let n = 0; n < 4; n++) {
      await page.keyboard.press('Tab');
      visited.push((await page.locator(':focus').textContent()) ?? '');
    }

    expect(visited).toEqual(['Dunlin, local cloud', '+1 hour', '+1 day', 'To period end']);
  });

  test('goes to the period’s end, without script, and the page shows what happened', async () => {
    const page = await open('/', { withScript: false });
    await page.getByRole('button', { name: 'To period end' }).focus();
    await page.keyboard.press('Space');
    await page.locator('.clock time[datetime="2026-12-01T03:00:00.000Z"]').waitFor();

    expect(await page.getByRole('row', { name: /Fia Fail/ }).textContent()).toContain('SEK\u00a0100.00');
  });
});

const PAGES = [
  ['overview', '/'],
  ['account', '/console/accounts/fia'],
  ['account-of-november', '/console/accounts/ada?period=2026-11'],
  ['numbers', '/console/numbers'],
  ['quarantine', '/console/quarantine'],
  ['cases', '/console/cases'],
  ['dead-letters', '/console/dead-letters'],
  ['effects', '/console/effects'],
  ['not-here', '/console/somewhere'],
] as const;

describe.each(PAGES)('the page %s', (name, path) => {
  test.each(LOOKS)('can be read and used by everybody, %i pixels wide, %s', async (width, look) => {
    const page = await open(path, { width, look });
    await browser.picture(page, `console-${name}-${width}-${look}`);

    expect(await audit(page)).toEqual([]);
  });
});
