import { describe, expect, test } from 'vitest';
import { SERVICE_RESTRICTIONS } from '#shared/catalog/dunning-policy.ts';
import { CHANNELS } from '#shared/contact/channels.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { mailMime } from '#shared/messages/mail/mail-mime.ts';
import { parseMailFrom, senderOf } from '#shared/messages/mail/sender.ts';
import { shortText, textMessageSegments } from '#shared/messages/operator/short-text.ts';
import type { DebtContent, MessageContent } from '#shared/messages/order/message-content.ts';
import { messageMail } from '#shared/messages/wording/html/message-mail.tsx';
import { letterText, messageText, plainSpaces } from '#shared/messages/wording/plain-text.ts';
import { aBillContent, aBrand, aComposedMessage, aDebtContent } from '#test/builders/messages.ts';
import { at } from '#test/builders/rating.ts';

const DEBTS: readonly DebtContent['template'][] = [
  'payment-failed',
  'reminder',
  'final-notice',
  'new-card',
  'authenticate',
];

/** Each message once, the ones about debts with each measure. */
const CONTENTS: readonly MessageContent[] = [
  aBillContent(),
  aBillContent({ automatic: false }),
  { template: 'first-invoice', invoice: 'in_1', total: '159.00', currency: 'SEK' },
  ...DEBTS.flatMap(template =>
    SERVICE_RESTRICTIONS.map(action => aDebtContent(template, { next: { action, at: at('2026-09-15T08:00:00Z') } })),
  ),
  { template: 'thanks', total: '1245.54', currency: 'SEK', restored: true },
  { template: 'code', code: '123456', minutes: 10, total: '30.54', currency: 'EUR' },
];

/** There is nothing to open. */
const LINKLESS: readonly MessageContent['template'][] = ['thanks', 'code'];

describe('a mail', () => {
  test.each(LOCALES)('in %s says its language, has one heading and one button, and is far below 100 KB', locale => {
    for (const content of CONTENTS) {
      const html = messageMail(aComposedMessage(content, { locale, brand: aBrand() }));

      expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${locale}"`));
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html.match(/<a href="https:\/\/dunlin\.example/g) ?? []).toHaveLength(
        LINKLESS.includes(content.template) ? 0 : 1,
      );
      expect(html).toContain('width="600"');
      expect(html).not.toMatch(/<script|<link|<img|url\(/);
      expect(Buffer.byteLength(html)).toBeLessThan(12_000);
    }
  });

  test('wears the brand’s colours on its button, and its logo where mail programs can fetch one', () => {
    const mailLogo = 'https://kestrel.example/logo.png';
    const html = messageMail(aComposedMessage(aBillContent(), { brand: aBrand({ mailLogo }) }));

    expect(html).toContain('background-color:#7a0b5c');
    expect(html).toContain('<img src="https://kestrel.example/logo.png" alt="Kestrel"');
    expect(html).toContain('href="tel:+46401234567"');
  });

  test('escapes what the operator wrote', () => {
    const html = messageMail(aComposedMessage(aBillContent(), { brand: aBrand({ name: 'A <b>&</b> B' }) }));

    expect(html).toContain('A &lt;b>&amp;&lt;/b> B');
    expect(html).not.toContain('<b>');
  });

  test('travels as HTML and text, in UTF-8', async () => {
    const view = aComposedMessage(aBillContent(), { locale: 'sv' });
    const bytes = await mailMime({
      account: 'acc-1',
      message: 'bill:bill_1:email',
      from: { name: 'Blåmes', address: 'billing@example.com' },
      replyTo: 'help@example.com',
      to: 'asa@example.com',
      subject: view.subject,
      html: messageMail(view),
      text: messageText(view),
      at: at('2026-12-01T01:00:00Z'),
    });
    const mime = Buffer.from(bytes).toString();

    expect(mime).toContain('From: =?UTF-8?Q?Bl=C3=A5mes?= <billing@example.com>');
    expect(mime).toContain('To: asa@example.com');
    expect(mime).toContain('Reply-To: help@example.com');
    expect(mime).toContain('Date: Tue, 01 Dec 2026 01:00:00 +0000');
    expect(mime).toContain('Auto-Submitted: auto-generated');
    // "acc-1/bill:bill_1:email" in base64url.
    expect(mime).toContain('Message-ID: <YWNjLTEvYmlsbDpiaWxsXzE6ZW1haWw@example.com>');
    expect(mime.indexOf('Content-Type: text/plain')).toBeLessThan(mime.indexOf('Content-Type: text/html'));
  });
});

describe('a mail on its way', () => {
  /** Strict receivers refuse a line that ends in anything but CRLF (RFC 5321, 2.3.8). */
  test.each(LOCALES)('in %s ends each line in CRLF, whatever it says', async locale => {
    const legal = { en: 'Two\nlines', nl: 'Two\nlines', sv: 'Two\r\nlines', fr: 'Two\rlines' };
    for (const content of CONTENTS) {
      const view = aComposedMessage(content, { locale, brand: aBrand({ legal }) });
      const raw = await mailMime({
        account: 'acc-1',
        message: 'bill:bill_1:email',
        from: { name: 'Dunlin', address: 'billing@example.com' },
        replyTo: undefined,
        to: 'asa@example.com',
        subject: view.subject,
        html: messageMail(view),
        text: messageText(view),
        at: at('2026-12-01T01:00:00Z'),
      });
      const bytes = Buffer.from(raw).toString('latin1');

      expect(bytes.split('\r\n').length).toBeGreaterThan(40);
      expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
  });

  test('hides what lists of mails show without tiny letters, and pads its button for Outlook too', () => {
    const html = messageMail(aComposedMessage(aBillContent()));

    expect(html).toContain('<div style="display:none;overflow:hidden;max-height:0;max-width:0;mso-hide:all">');
    expect(html).not.toMatch(/font-size:\s*[0-9]px/);
    expect(html).toContain('mso-padding-alt:12px 24px');
  });

  // #ffcc00 on the grey ground has 1.3 : 1; the first step towards black with 4.5 : 1 is this one, worked out by the
  // formula of WCAG 2.2.
  test('writes the name of a bright brand so that it can be read', () => {
    const colours = { accent: '#ffcc00', accentText: '#000000' };
    const html = messageMail(aComposedMessage(aBillContent(), { brand: aBrand({ colours }) }));

    expect(html).toContain('color:#856a00');
    expect(html).not.toMatch(/[^-]color:#ffcc00/);
  });
});

describe('the text part', () => {
  test.each(LOCALES)('in %s has each link alone on its line, and plain spaces only', locale => {
    for (const content of CONTENTS) {
      const text = messageText(aComposedMessage(content, { locale }));
      const linked = text.split('\n').filter(line => line.includes('https://'));

      expect(linked).toHaveLength(LINKLESS.includes(content.template) ? 0 : 1);
      for (const line of linked) expect(line).toMatch(/^https:\/\/\S+$/);
      expect(text).not.toMatch(/[\u00a0\u2009\u202f]/);
    }
  });

  test('says the same as the mail, from the heading to whom to ask', () => {
    expect(messageText(aComposedMessage(aDebtContent('reminder'), { brand: aBrand() }))).toBe(`€30.54 is still unpaid

We have not received your payment yet. Please pay now, so that everything goes on as before.

If the amount is still unpaid on 15 December 2026, we will stop your calls, messages and mobile data. Emergency calls to 112 keep working, and you can still receive text messages.

To pay: €30.54

Pay €30.54:
https://dunlin.example/pay/acc-1.in_1

What you owe
- Bill ABC-0002, due 1 December 2026: €30.54

This message costs you nothing, and nothing has been added to the amount.

The card that you pay with is saved with our payment service Stripe and charged for your next bills. By paying you agree to this. You can replace the card at any time; once your contract has ended, it is no longer charged.

Have you paid in the meantime? Then you do not need to do anything.

Is it hard to pay all at once? Talk to us: we will find a way together, for example by paying in parts.

Questions? We are happy to help:
Phone: +46 40 123 45 67
Email: help@kestrel.example
Web: kestrel.example/help

-- 
Kestrel
Kestrel AB, 556000-0000
Storgatan 1, 211 42 Malmö
`);
  });
});

describe('a letter', () => {
  test.each([
    ['en', 'The bill is enclosed.'],
    ['nl', 'De rekening is bijgevoegd.'],
    ['sv', 'Fakturan är bifogad.'],
    ['fr', 'La facture est jointe.'],
  ] as const)('in %s has the bill beside it, and nothing to press or to reply to', (locale, enclosed) => {
    const text = letterText(aComposedMessage(aBillContent(), { locale }), { withBill: true });

    expect(text.split('\n')).toContain(enclosed);
    expect(text).not.toMatch(/https:|^-- $/m);
    expect(text).not.toMatch(/reply|Beantwoord|Svara|Répondez/);
  });

  test('about a debt has the address at which it is paid', () => {
    const text = letterText(aComposedMessage(aDebtContent('reminder')), { withBill: false });

    expect(text).toContain('\nPay €30.54:\nhttps://dunlin.example/pay/acc-1.in_1\n');
    expect(text).not.toMatch(/button|click|reply/i);
  });
});

describe('a text message', () => {
  test.each([
    [
      'en',
      'Dunlin: reminder, €30.54 is still unpaid. If unpaid, calls, texts and data stop from 15 Dec; 112 keeps working. Pay:',
    ],
    [
      'nl',
      'Dunlin: herinnering, € 30,54 staat nog open. Betaal je niet, dan stoppen bellen, sms en internet vanaf 15 dec; 112 blijft werken. Betaal:',
    ],
    [
      'sv',
      'Dunlin: påminnelse, 30,54 € är obetalt. Utan betalning stängs samtal, sms och surf från den 15 dec; 112 fungerar. Betala:',
    ],
    [
      'fr',
      'Dunlin : rappel, il reste 30,54 € à payer. Sans paiement : appels, SMS et internet suspendus dès le 15 déc, 112 joignable. Payer :',
    ],
  ] as const)('in %s says all in one sentence or two, and ends with the link', (locale, sentence) => {
    const text = shortText(aComposedMessage(aDebtContent('reminder'), { locale }));

    expect(text).toBe(`${sentence}\nhttps://dunlin.example/pay/acc-1.in_1`);
  });

  // 61 characters of address as AWS gives it, 84 of token: account `acc-1`, an invoice of Stripe.
  const link = `https://abcdefghij.execute-api.eu-north-1.amazonaws.com/pay/${'x'.repeat(84)}`;

  test.each(LOCALES)('in %s is sent in two parts at most', locale => {
    for (const content of CONTENTS) {
      const view = aComposedMessage(content, { locale });
      const text = shortText({ ...view, ...(view.button && { button: { ...view.button, href: link } }) });

      expect([text, textMessageSegments(text)]).toEqual([
        text,
        LINKLESS.includes(content.template) ? 1 : CHANNELS.sms.mostParts,
      ]);
    }
  });

  test.each([
    // 160 characters of the basic set fit one part, 153 each of several; the euro counts twice; others make it 70 and 67.
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ç'.repeat(70), 1],
    ['ç'.repeat(71), 2],
    ['ç'.repeat(135), 3],
  ])('is counted as networks count', (text, parts) => {
    expect(textMessageSegments(text)).toBe(parts);
  });

  test('has neighbours for letters that the basic set lacks', () => {
    const text = shortText({
      ...aComposedMessage(aBillContent()),
      button: undefined,
      short: 'reçu l’été – «\u00a0ê\u00a0» ñ ö',
    });

    expect(text).toBe('recu l\'été - " e " ñ ö');
  });
});

describe('the sender', () => {
  test.each([
    ['Dunlin Mobile <billing@example.com>', { name: 'Dunlin Mobile', address: 'billing@example.com' }],
    ['"Dunlin" <billing@example.com>', { name: 'Dunlin', address: 'billing@example.com' }],
    ['billing@example.com', { name: '', address: 'billing@example.com' }],
  ])('%s', (mailFrom, parsed) => {
    expect(parseMailFrom(mailFrom)).toEqual(parsed);
  });

  test('speaks the account’s language, and in its country’s words where there are some', () => {
    const countries = { SE: { legal: { sv: 'PTS övervakar oss.' }, disputes: null, businessDisputes: null, bank: {} } };
    const address = { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' };

    expect(senderOf(aBrand({ countries }), { locale: 'sv', address }, 'x <a@b.se>').legal).toEqual([
      'PTS övervakar oss.',
      'Storgatan 1, 211 42 Malmö',
    ]);
    expect(plainSpaces(senderOf(undefined, { locale: 'sv' }, 'x@b.se').name)).toBe('Dunlin');
  });
});
