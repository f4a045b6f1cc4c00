import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import { sellerOf } from '#shared/invoicing/document/seller-of.ts';
import type { Fonts } from '#shared/invoicing/pdf/paper.ts';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import type { Locale } from '#shared/locale/locales.ts';
import type { BankAccount } from '#shared/transfer/bank-account.ts';
import { transferOf } from '#shared/transfer/transfer.ts';
import { aBankAccount } from '#test/builders/bank-accounts.ts';
import { aBillInput, aBillRecord, anInvoicedLine } from '#test/builders/bills.ts';
import { aCatalog } from '#test/builders/catalog.ts';

const font = (name: string) => readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
export const FONTS: Fonts = { regular: font('DejaVuSans'), bold: font('DejaVuSans-Bold') };

/** With transparent pixels, as logos are. */
const LOGO = readFileSync(new URL('../../infra/catalog/logos/dunlin-mobile.png', import.meta.url)).toString('base64');

const BRAND = {
  id: 'berg',
  name: 'Berg & Co <Mobil>',
  legal: { en: 'Berg & Co AB, company number 556000-0000, VAT SE556000000001, registered in Malmö' },
  address: ['Södra Förstadsgatan 1', '211 43 Malmö', 'Sweden'],
  logo: 'logo.png',
  colours: { accent: '#c2185b' },
  contacts: { phone: '+46 40 123 45 67', email: 'help@berg.example', web: 'https://www.berg.example' },
  disputes: { en: 'You can take it to the Swedish National Board for Consumer Disputes (ARN, arn.se).' },
  lateFee: { en: 'A reminder costs 60.00.' },
  links: {
    terms: 'https://berg.example/terms',
    privacy: 'https://berg.example/privacy',
    help: 'https://berg.example/help',
  },
};

/** A November bill of one line: nothing on it but what `fields` say otherwise. */
export function aBill(locale: Locale, fields: Partial<BillDocument> = {}): BillDocument {
  const outcome = buildBill(aBillInput([anInvoicedLine({ description: 'Set-up & <help>' })]));
  if ('differs' in outcome) throw new Error(JSON.stringify(outcome.differs));
  return { ...outcome.bill, locale, ...fields };
}

/** What bills look like, by name: kinds of money, of length, and texts that do not fit. */
export const KINDS: Readonly<Record<string, (locale: Locale) => BillDocument>> = {
  plain: locale => aBill(locale),
  'of a brand with a transparent logo': locale => aBill(locale, branded(locale)),
  'of taxes, discount, credit and balance': locale => aBill(locale, ofAllMoney()),
  'to transfer': locale => aBill(locale, { ...branded(locale), ...toTransfer() }),
  'to transfer in euros': locale => aBill(locale, { ...branded(locale), ...toTransfer(GERMAN) }),
  'to transfer by bankgiro': locale => aBill(locale, { ...branded(locale), ...toTransfer(SWEDISH), currency: 'SEK' }),
  'to transfer to a QR-IBAN': locale =>
    aBill(locale, { ...branded(locale), ...toTransfer(SWISS), ...ofSwissSubscriber(), currency: 'CHF' }),
  'to transfer to Switzerland for whoever does not fit its code': locale =>
    aBill(locale, { ...branded(locale), ...toTransfer(SWISS), ...ofOddLetters(), currency: 'CHF' }),
  'of use over time': locale => aBill(locale, { history: useOverTime() }),
  'of 120 records in a table': locale => aBill(locale, { records: records(120) }),
  'of letters that the font lacks': locale => aBill(locale, ofOddLetters()),
  'of names and numbers that are too long': locale => aBill(locale, ofLongTexts()),
};

const GERMAN = aBankAccount({ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' });
const SWEDISH = aBankAccount({ bankgiro: '991-2346', companyNumber: '556000-0000' });
const SWISS = aBankAccount({
  iban: 'CH4431999123000889012',
  address: { street: 'Bahnhofstrasse', number: '1', postalCode: '8001', city: 'Zürich', country: 'CH' },
});

function toTransfer(account?: BankAccount): Pick<BillDocument, 'payment'> {
  const transfer = transferOf(account, account === GERMAN ? 'EUR' : account === SWISS ? 'CHF' : 'SEK', 'A1B2C3D4-0012');
  return { payment: { status: 'open', methods: ['transfer'], payUrl: null, ...(transfer && { transfer }) } };
}

function ofSwissSubscriber(): Partial<BillDocument> {
  const { subscriber } = aBill('en');
  const address = { line1: 'Rue du Rhône 5', postalCode: '1204', city: 'Genève', country: 'CH' };
  return { subscriber: { ...subscriber, name: 'Zoé Müller-Dubois & Fils SA', address } };
}

function branded(locale: Locale): Partial<BillDocument> {
  const catalog = aCatalog({ brands: [BRAND] }, { 'logo.png': `data:image/png;base64,${LOGO}` });
  return { seller: sellerOf(catalog.brands[0], { locale, address: undefined }, 'Berg', textsOf(locale)) };
}

function useOverTime(): BillDocument['history'] {
  return ['09', '10'].map((month, index) => ({
    period: { start: `2026-${month}-01T00:00:00Z`, end: `2026-${index + 10}-01T00:00:00Z` },
    use: index === 0 ? {} : { voice: 61, sms: 12, data: 10 ** 10, fax: 2 },
    total: '1234.50',
  }));
}

function ofAllMoney(): Partial<BillDocument> {
  return {
    taxes: [{ label: 'VAT 25%', rate: '25', base: '90.00', amount: '22.50', inclusive: false }],
    totals: {
      subtotal: '100.00',
      discount: '8.00',
      credit: '2.00',
      tax: '22.50',
      total: '112.50',
      balance: '-12.50',
      carried: '-0.50',
      paid: '0.00',
      due: '99.50',
    },
    changes: {
      previous: 'bill_0',
      difference: '-12.50',
      reasons: [{ label: 'Calls to a very long list of destinations in the rest of the world', difference: '-12.50' }],
    },
    allowances: [
      {
        line: 'line-1',
        number: '+46701234567',
        id: 'min',
        name: 'Minutes to all networks in Europe',
        unit: 's',
        included: 6_000,
        used: 5_780,
        remaining: 220,
      },
      {
        line: 'line-1',
        number: '+46701234567',
        id: 'data',
        name: 'Data',
        unit: 'B',
        included: 10 ** 10,
        used: 10 ** 10,
        remaining: 0,
      },
    ],
  };
}

function ofOddLetters(): Partial<BillDocument> {
  const { subscriber } = aBill('en');
  return { subscriber: { ...subscriber, name: '李小龍 🚀 Łódź\u0007 \ue000 Ω' } };
}

function ofLongTexts(): Partial<BillDocument> {
  const { subscriber, sections } = aBill('en');
  const long =
    'Arbeidsongeschiktheidsverzekeringsmaatschappijvertegenwoordigersvereniging Noord-Brabant & Zeeland B.V.';
  const [section] = sections;
  const [line] = section?.lines ?? [];
  if (section === undefined || line === undefined) throw new Error('The bill has a line.');
  return {
    subscriber: {
      ...subscriber,
      name: long,
      accountNumber: 'customer-2026-000000000000000000000017-of-the-second-series',
      email: 'the.department.of.invoices.and.receipts@purchasing.arbeidsongeschiktheid.example.com',
    },
    sections: [
      {
        ...section,
        subtotal: '123456789012.34',
        lines: [
          {
            ...line,
            label: long,
            quantity: '987654321',
            unitPrice: '1234567.123456789',
            billable: 'a',
            amount: '123456789012.34',
          },
        ],
      },
    ],
    records: [
      aBillRecord({
        destination: long,
        amount: null,
        charge: line.charge ?? 'voice',
        used: 999_999,
        billed: 1_000_020,
      }),
      aBillRecord({ amount: '12345678.1234' }),
    ],
  };
}

/** Calls in the order of their time, some to a destination of a long name. */
export function records(count: number): BillDocument['records'] {
  return Array.from({ length: count }, (_, n) =>
    aBillRecord({
      startedAt: `${new Date(Date.UTC(2026, 10, 1) + n * 250_000).toISOString().slice(0, 19)}Z`,
      peer: `+4670${1_000_000 + ((n * 7_919) % 8_999_999)}`,
      destination: n % 7 === 0 ? 'Democratic Republic of the Congo, mobile networks of all operators' : 'Sweden',
    }),
  );
}
