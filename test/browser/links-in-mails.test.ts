import { describe, expect, test } from 'vitest';
import { audit } from './audit.ts';
import { LOCALES, useSubscribers } from './subscribers.ts';
import { LOOKS, useBrowser } from './use-browser.ts';

// What subscribers open from their mails, in the order in which somebody does: the bill, the page that takes the
// payment, the page that takes another card.

const subscribers = useSubscribers();
const browser = useBrowser();

const NOVEMBER = {
  sv: /faktura för november/,
  nl: /rekening van november/,
  fr: /facture de novembre/,
  en: /November bill/,
};
const FAILED = /betaling van .* is niet gelukt/;
const NEW_CARD = /save a new card/;

describe.each(LOCALES)('the bill behind the link of a mail in %s', locale => {
  test.each(LOOKS)('can be read and used by everybody, %i pixels wide, %s', async (width, look) => {
    const page = await browser.open(subscribers.linkTo(locale, NOVEMBER[locale]), { width, look });
    await browser.picture(page, `bill-${locale}-${width}-${look}`);

    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await audit(page)).toEqual([]);
  });
});

describe('the bill of somebody whose card failed', () => {
  test('says so first, and its one button leads to the page that takes the payment', async () => {
    const page = await browser.open(subscribers.linkTo('nl', NOVEMBER.nl), { width: 360, withScript: false });
    const first = await page.locator('.answer').textContent();
    await page.locator('.answer a').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/hosted\/i\//);

    // 15 a month, 30 for three more GB, 5.5 minutes to America at 0.36
    expect(first).toContain('€\u00a046,98');
    expect(await page.textContent('main')).toContain('EUR 46.98 is due');
  });

  test('offers its files, which open without script', async () => {
    const page = await browser.open(subscribers.linkTo('nl', NOVEMBER.nl));
    const files = await page.locator('a[href$=".pdf"], a[href$=".csv"]').evaluateAll(links => links.map(String));
    const answers = await Promise.all(files.map(file => page.request.get(file)));

    expect(answers.map(answer => answer.headers()['content-type'])).toEqual([
      'application/pdf',
      'text/csv; charset=utf-8',
    ]);
  });
});

describe('the link to pay', () => {
  test('leads to the invoice, which a card pays; the mail’s link then says that nothing is left to pay', async () => {
    const link = subscribers.linkTo('nl', FAILED);
    const page = await browser.open(link, { width: 360, withScript: false });
    expect(await audit(page)).toEqual([]);
    await page.getByLabel(/visa ending in 0002 \(NL, pays\)/).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pay EUR 46.98' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('was paid on').waitFor();
    await subscribers.cloud.settle();

    const again = await browser.open(link, { width: 360 });
    await browser.picture(again, 'pay-paid-nl-360-light');
    expect(await again.locator('html').getAttribute('lang')).toBe('nl');
    expect(await again.textContent('h1')).toBe('Er is niets te betalen');
    expect(await audit(again)).toEqual([]);
  });

  test('of the bill says from then on that it is paid', async () => {
    const page = await browser.open(subscribers.linkTo('nl', NOVEMBER.nl), { width: 360 });
    await browser.picture(page, 'bill-nl-paid-360-light');

    expect(await page.locator('.answer').textContent()).toContain('Betaald op 1 december 2026');
    expect(await page.locator('.answer a').count()).toBe(0);
  });
});

describe('the link to another card', () => {
  test('leads to the card’s page and back; the new card pays what was open', async () => {
    const link = subscribers.linkTo('en', NEW_CARD);
    const page = await browser.open(link, { width: 360, withScript: false });
    await browser.picture(page, 'card-en-360-light');
    expect(await audit(page)).toEqual([]);
    await page.getByLabel(/mastercard ending in 4444/).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Save this card' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/pay\/.*\?saved$/);
    await browser.picture(page, 'card-saved-en-360-light');
    expect(await page.textContent('h1')).toBe('Your card is saved');
    expect(await audit(page)).toEqual([]);

    await subscribers.cloud.settle();
    const bill = await browser.open(subscribers.linkTo('en', NOVEMBER.en));
    expect(await bill.locator('.answer').textContent()).toContain('Paid on 1 December 2026');
  });
});

describe('a link that nobody made', () => {
  test.each(LOOKS)('is answered in words, in the browser’s language, %i pixels wide, %s', async (width, look) => {
    const page = await browser.open(`${subscribers.cloud.api}/b/no-such-link`, { width, look, language: 'fr' });
    await browser.picture(page, `link-unknown-${width}-${look}`);

    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await audit(page)).toEqual([]);
  });
});

describe('the inbox', () => {
  test.each(LOOKS)('lists what was sent, %i pixels wide, %s', async (width, look) => {
    const page = await browser.open(`${subscribers.cloud.api}/_local/inbox`, { width, look });
    await browser.picture(page, `inbox-${width}-${look}`);

    expect(await page.getByRole('link', { name: /je betaling van € 46,98 is niet gelukt/ }).count()).toBe(1);
    expect(await audit(page)).toEqual([]);
  });

  test.each(LOOKS)('shows a mail as its reader sees it, %i pixels wide, %s', async (width, look) => {
    const { number } = subscribers.mailTo('nl', FAILED);
    const page = await browser.open(`${subscribers.cloud.api}/_local/inbox/${number}`, { width, look });
    await browser.picture(page, `inbox-mail-${width}-${look}`);

    expect(await audit(page)).toEqual([]);
  });
});
