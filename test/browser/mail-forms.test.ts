import { describe, expect, test } from 'vitest';
import { LOCALES } from '#shared/locale/locales.ts';
import type { MessageContent } from '#shared/messages/order/message-content.ts';
import { messageMail } from '#shared/messages/wording/html/message-mail.tsx';
import { aBankAccount } from '#test/builders/bank-accounts.ts';
import { aBillContent, aBrand, aComposedMessage, aDebtContent } from '#test/builders/messages.ts';
import { audit } from './audit.ts';
import { LOOKS, useBrowser } from './use-browser.ts';

// Every mail in every language as a mail program shows it, with a large amount and more than one debt.

const browser = useBrowser();

const LARGE = { total: '123456.78', currency: 'SEK' } as const;
const [debt] = aDebtContent('reminder').debts;
if (debt === undefined) throw new RangeError('There is no debt.');
const debts = [
  { ...debt, invoice: 'in_1', number: '1234567890ABCDEF-0002', amount: '123000.00' },
  { ...debt, invoice: 'in_2', number: 'ABC-0003', amount: '456.78' },
];

const bank = { EUR: aBankAccount({ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' }) };

const MAILS: readonly (readonly [name: string, content: MessageContent])[] = [
  ['bill', aBillContent({ ...LARGE, due: LARGE.total })],
  ['bill-by-transfer', aBillContent({ automatic: false })],
  ['bill-paid', aBillContent({ status: 'paid', due: '0.00' })],
  ['first-invoice', { template: 'first-invoice', invoice: 'in_1', ...LARGE }],
  ['payment-failed', aDebtContent('payment-failed')],
  ['reminder', aDebtContent('reminder', { ...LARGE, debts })],
  ['reminder-by-transfer', aDebtContent('reminder', { debts })],
  ['final-notice', aDebtContent('final-notice')],
  ['new-card', aDebtContent('new-card', { next: null })],
  ['authenticate', aDebtContent('authenticate')],
  ['thanks', { template: 'thanks', ...LARGE, restored: true }],
];

describe.each(LOCALES)('in %s', locale => {
  test.each(MAILS)(
    'the mail %s can be read by everybody, on a phone and at a desk, by day and by night',
    async (name, content) => {
      const collection = name.endsWith('transfer') ? 'invoice' : 'automatic';
      const html = messageMail(aComposedMessage(content, { locale, brand: aBrand({ bank }), collection }));
      for (const [width, look] of LOOKS) {
        const page = await browser.open('about:blank', { width, look, withScript: false });
        await page.setContent(html);
        await browser.picture(page, `mail-${name}-${locale}-${width}-${look}`);

        expect(await audit(page, 'mail')).toEqual([]);
        await page.close();
      }
    },
  );
});
