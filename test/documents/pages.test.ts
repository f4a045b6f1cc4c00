import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { codePage } from '#shared/access/html/code-page.tsx';
import { plainPage } from '#shared/access/html/plain-page.tsx';
import { pageTextsOf } from '#shared/access/texts/page-texts-of.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import { LOCALES, type Locale } from '#shared/locale/locales.ts';
import { senderOf } from '#shared/messages/mail/sender.ts';
import { messageMail } from '#shared/messages/wording/html/message-mail.tsx';
import { aBankAccount } from '#test/builders/bank-accounts.ts';
import { aBillContent, aBrand, aComposedMessage, aDebtContent } from '#test/builders/messages.ts';
import { KINDS } from './hand-made-bills.ts';
import { nuHtmlChecker, program } from './tools.ts';

// What the checker of the W3C's HTML says of every page and mail that the product writes.

const folder = mkdtempSync(join(tmpdir(), 'dunlin-pages-'));
afterAll(() => rmSync(folder, { recursive: true }));
let jar = '';

beforeAll(async () => {
  jar = await nuHtmlChecker();
  for (const locale of LOCALES) {
    for (const [name, html] of [...billPages(locale), ...mails(locale), ...otherPages(locale)]) {
      writeFileSync(join(folder, `${locale}, ${name}.html`), html);
    }
  }
  writeFileSync(
    join(folder, 'a control.html'),
    '<!doctype html><html lang="en"><title>A</title><p><table></table></p>',
  );
});

test('it finds nothing, but what mail programs ask for, and a control', () => {
  const found = messages();

  expect(found.filter(text => !text.startsWith('a control'))).toEqual([]);
  expect(found).toContainEqual('a control.html: No “p” element in scope but a “p” end tag seen.');
});

/** How preact writes elements without content: right in HTML, and told as a matter of taste. */
const BY_PREACT = 'Trailing slash on void elements';

/** Outlook lays out by attributes of tables that HTML has given up, and by properties of its own. */
function isForMailPrograms(file: string, text: string): boolean {
  const forOutlook = /^The “(width|cellpadding|cellspacing|align)” attribute on the “t|^CSS: “mso-/;
  return file.includes(', mail ') && forOutlook.test(text);
}

const Report = z.object({
  messages: z.array(z.object({ url: z.string(), message: z.string() })),
});

/** Each one once: `nl, bill plain.html: Stray end tag`. */
function messages(): string[] {
  const { output, errors } = program('java', ['-jar', jar, '--format', 'json', '--stdout', folder]);
  if (output === '') throw new Error(errors);
  const found = Report.parse(JSON.parse(output)).messages.flatMap(({ url, message }) => {
    const file = decodeURIComponent(url).split('/').at(-1) ?? '';
    return isForMailPrograms(file, message) || message.startsWith(BY_PREACT) ? [] : [`${file}: ${message}`];
  });
  return [...new Set(found)];
}

function billPages(locale: Locale): (readonly [string, string])[] {
  const files = { pdf: '/b/1.pdf', sheet: '/b/1.sheet.csv' };
  // Letters that HTML forbids come from nowhere but a name with such a letter; browsers pass over them.
  const sound = Object.entries(KINDS).filter(([kind]) => !/letters|does not fit/.test(kind));
  return sound.map(([kind, make]) => {
    const bill = make(locale);
    const now = { status: 'open', paid: '0.00', due: bill.totals.due, payUrl: '/pay/1', paidAt: undefined } as const;
    return [`bill ${kind}`, billPage(bill, { paymentStatus: { at: Date.parse(bill.dueAt), now }, files })] as const;
  });
}

function mails(locale: Locale): (readonly [string, string])[] {
  const brand = aBrand({
    mailLogo: 'https://kestrel.example/logo.png',
    bank: { EUR: aBankAccount({ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' }) },
  });
  const [debt] = aDebtContent('reminder').debts;
  if (debt === undefined) throw new RangeError('There is no debt.');
  const contents = {
    bill: aBillContent({ automatic: false }),
    'first invoice': { template: 'first-invoice', invoice: 'in_1', total: '30.54', currency: 'EUR', bill: 'bill_1' },
    reminder: aDebtContent('reminder', { debts: [debt, { ...debt, invoice: 'in_2', number: 'ABC-0003' }] }),
    thanks: { template: 'thanks', total: '30.54', currency: 'EUR', restored: true },
    code: { template: 'code', code: '012345', minutes: 10, total: '30.54', currency: 'EUR' },
  } as const;
  return Object.entries(contents).map(([name, content]) => {
    const view = aComposedMessage(content, { locale, brand, collection: 'invoice' });
    return [`mail ${name}`, messageMail(view)] as const;
  });
}

function otherPages(locale: Locale): (readonly [string, string])[] {
  const sender = senderOf(aBrand(), { locale }, 'Kestrel <billing@kestrel.example>');
  const summary = { label: 'Total', total: '30.54', status: 'Paid', name: 'A. & B. <C>' };
  const page = { locale, sender, logo: undefined, summary, to: '+46 •• 67', path: '/b/1' };
  const trouble = pageTextsOf(locale).wrongCode(2);
  return [
    [
      'plain page',
      plainPage({ locale, sender, title: '<A>', paragraphs: ['B & c'], action: { label: 'D', href: '/d' } }),
    ],
    ['code to be sent', codePage({ ...page, isSent: false, trouble: undefined })],
    ['code to be entered again', codePage({ ...page, isSent: true, trouble })],
  ];
}
