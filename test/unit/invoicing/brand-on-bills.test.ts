import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { BillDocument as BillSchema } from '#shared/invoicing/document/bill-document.ts';
import { type BillInput, buildBill, printBill } from '#shared/invoicing/document/build-bill.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import { billPdf } from '#shared/invoicing/pdf/bill-pdf.ts';
import { OWN_BILL_TEXTS, withOwnTexts } from '#shared/invoicing/texts/own-texts.ts';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { aBillInput, anInvoice, anInvoicedLine, aPublishedCatalog } from '#test/builders/bills.ts';
import { aCatalog, type SourceFields } from '#test/builders/catalog.ts';
import { at } from '#test/builders/rating.ts';

type OwnTexts = CatalogVersion['texts'];

/** One pixel, `printf` of the smallest PNG that there is. */
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const RED = {
  id: 'red',
  name: 'Red Mobile',
  legal: { en: 'Red Ltd, number 1', sv: 'Red AB, nr 1' },
  address: ['1 High Street', 'London'],
  logo: 'red.png',
  colours: { accent: '#c2185b' },
  contacts: { phone: '+44 20 7946 0000', email: 'help@red.example', web: 'https://www.red.example/help/' },
  disputes: { en: 'Or turn to the ombudsman.' },
  lateFee: { en: 'After the due date we charge 6.00.' },
  links: { terms: 'https://red.example/terms' },
  countries: { SE: { legal: { en: 'Red AB, number 2' } } },
};

function built(fields: Partial<BillInput>, brandsOf: SourceFields[] = [RED], texts: OwnTexts = {}): BillDocument {
  const { brands } = aCatalog({ brands: brandsOf }, { 'red.png': PNG });
  const input = aBillInput([anInvoicedLine()], [], fields);
  const outcome = buildBill({ ...input, catalogs: [{ ...aPublishedCatalog(), brands, texts }] });
  if ('differs' in outcome) throw new Error(JSON.stringify(outcome.differs));
  return outcome.bill;
}

const { account } = aBillInput([]);
const OPEN = { status: 'open', paid: '0.00', due: '10.00' } as const;
const paymentStatus = { at: at('2026-12-01T01:00:00Z'), now: OPEN };

describe('a bill of a brand', () => {
  test('says where to transfer it, with its own reference, to whoever pays by invoice, and to nobody else', () => {
    const bank = { EUR: { holder: 'Red Ltd', iban: 'DE89370400440532013000' } };
    const lines = [anInvoicedLine()];
    const toPay = built({ invoice: anInvoice(lines, { dueAt: at('2026-12-31T00:05:00Z') }) }, [{ ...RED, bank }]);
    const charged = built({ invoice: anInvoice(lines, { hasMethod: false }) }, [{ ...RED, bank }]);

    expect(toPay.payment.transfer).toMatchObject({
      holder: 'Red Ltd',
      iban: 'DE89370400440532013000',
      reference: { kind: 'rf', value: 'RF28ABC0002' },
    });
    expect(charged.payment.transfer).toBeUndefined();
    expect(
      built({ invoice: anInvoice(lines, { dueAt: at('2026-12-31T00:05:00Z') }) }).payment.transfer,
    ).toBeUndefined();
    const page = billPage(toPay, { paymentStatus });
    expect(page).toContain('RF28 ABC0 002');
    expect(page).toContain('aria-label="Code for your bank’s app: €10.00 to Red Ltd"');
    const paid = { at: at('2026-12-03T01:00:00Z'), now: { ...OPEN, status: 'paid', due: '0.00' } as const };
    expect(billPage(toPay, { paymentStatus: paid })).not.toContain('RF28');
  });

  test('carries all that the brand has to say, and stays readable', () => {
    const bill = built({});

    expect(bill.seller).toEqual({
      name: 'Red Mobile',
      brand: 'red',
      legal: 'Red Ltd, number 1',
      address: ['1 High Street', 'London'],
      logo: PNG,
      // White on #c2185b: 5.9 : 1
      colours: { accent: '#c2185b', accentText: '#ffffff' },
      contacts: { phone: '+44 20 7946 0000', email: 'help@red.example', web: 'https://www.red.example/help/' },
      disputes: 'Or turn to the ombudsman.',
      lateFee: 'After the due date we charge 6.00.',
      links: { terms: 'https://red.example/terms', privacy: null, help: null },
    });
    expect(BillSchema.parse(JSON.parse(printBill(bill)))).toEqual(bill);
  });

  test('speaks for the country in which the subscriber lives', () => {
    const address = { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' };

    expect(built({ account: { ...account, address } }).seller).toMatchObject({
      legal: 'Red AB, number 2',
      disputes: 'Or turn to the ombudsman.',
    });
  });

  test('speaks the subscriber’s language where the brand does, else English', () => {
    expect(built({ account: { ...account, locale: 'sv' } }).seller).toMatchObject({
      legal: 'Red AB, nr 1',
      lateFee: 'After the due date we charge 6.00.',
    });
  });

  test('points a consumer to the body of the country where it names none, and a company to none', () => {
    const silent = [{ ...RED, disputes: undefined }];
    const disputesIn = (country: string, fields: object = {}) => {
      const address = { line1: '1 rue Haute', city: 'Lyon', postalCode: '69001', country };
      return built({ account: { ...account, address, ...fields } }, silent).seller.disputes;
    };

    expect(disputesIn('FR', { locale: 'fr' })).toBe(
      'Si nous ne trouvons pas d’accord, vous pouvez saisir le Médiateur des communications électroniques (mediation-telecom.org).',
    );
    expect(disputesIn('SE')).toContain('(ARN, arn.se)');
    // each operator chooses its own
    expect(disputesIn('GB')).toBeNull();
    expect(disputesIn('SE', { isBusiness: true })).toBeNull();
  });

  test('has words of its own for companies, which a consumer board does not take', () => {
    const brand = { ...RED, businessDisputes: { en: 'Or ask the chamber of commerce.' } };
    const address = { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' };
    const told = (isBusiness: boolean) =>
      built({ account: { ...account, address, isBusiness } }, [brand]).seller.disputes;

    expect(told(true)).toBe('Or ask the chamber of commerce.');
    expect(told(false)).toBe('Or turn to the ombudsman.');
  });

  test('shows it on the page: logo, colour, contacts, disputes, late fee, legal text', () => {
    const page = billPage(built({}), { paymentStatus });

    expect(page).toContain(`<img src="${PNG}" alt="Red Mobile"/>`);
    expect(page).toContain('--brand: #c2185b; --on-brand: #ffffff');
    expect(page).toContain('<a href="tel:+442079460000">+44 20 7946 0000</a>');
    expect(page).toContain('<a href="mailto:help@red.example">help@red.example</a>');
    expect(page).toContain('<a href="https://www.red.example/help/">red.example/help</a>');
    expect(page).toContain('Or turn to the ombudsman.');
    expect(page).toContain('After the due date we charge 6.00.');
    expect(page).toContain('Red Ltd, number 1. 1\u00a0High\u00a0Street, London');
    expect(page).not.toContain('<link');
  });

  test('says nothing of a late fee where there is none, or where nothing is to pay', () => {
    const paid = { ...paymentStatus, now: { status: 'paid', paid: '10.00', due: '0.00' } as const };

    expect(billPage(built({}, [{ ...RED, lateFee: undefined }]), { paymentStatus })).not.toContain('Late payment');
    expect(billPage(built({}), { paymentStatus: paid })).not.toContain('Late payment');
  });

  test('names a button only where there is one', () => {
    const bill = built({ invoice: anInvoice([anInvoicedLine()], { dueAt: at('2026-12-31T00:00:00Z') }) });
    const withButton = { ...paymentStatus, now: { ...OPEN, payUrl: 'https://pay.example' } };

    expect(billPage(bill, { paymentStatus: withButton })).toContain(
      'Please pay by 31 December 2026 with the button above',
    );
    const paper = billPage(bill);
    expect(paper).toContain('Please pay by 31 December 2026.');
    expect(paper).not.toMatch(/button|transfer|link in our message/);
  });

  test('has the logo on paper with its name for those who do not see it', async () => {
    const file = (name: string) =>
      readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
    const fonts = { regular: file('DejaVuSans'), bold: file('DejaVuSans-Bold') };
    const text = Buffer.from(await billPdf(built({}), fonts)).toString('latin1');

    expect(text).toContain('/S /Figure');
    expect(text).toContain('/Alt (Red Mobile)');
    expect(text).toContain('/Subtype /Image');
  });
});

describe('a bill without a brand', () => {
  test('has the name that the collector knows and nothing else', () => {
    expect(built({}, []).seller).toMatchObject({ name: 'Dunlin', brand: null, logo: null, lateFee: null });
  });

  test('that was issued before there were brands can still be read', () => {
    const bill = built({}, []);
    const old: unknown = JSON.parse(printBill({ ...bill, seller: { ...bill.seller, name: 'Dunlin' } }));
    const before = { ...BillSchema.parse(old), seller: { name: 'Dunlin' } };

    expect(BillSchema.parse(before)).toEqual(bill);
  });
});

describe('the operator’s own texts', () => {
  const texts = {
    en: { 'bill.questions': 'Ask us', 'bill.billFor': '{span}: bill of {name}', 'mail.bill.title': 'x' },
  };

  test('stand on the bill as they were when it was issued', () => {
    const bill = built({}, [], texts);

    expect(bill.words).toEqual({ questions: 'Ask us', billFor: '{span}: bill of {name}' });
    expect(billPage(bill)).toContain('<h2>Ask us</h2>');
    expect(billPage(bill)).toContain('November 2026: bill of Example AB</h1>');
    expect(built({ account: { ...account, locale: 'sv' } }, [], texts).words).toBeUndefined();
  });

  test('may replace what is there and nothing else, with what is put into it in any order', () => {
    const own = withOwnTexts(textsOf('en'), { billFor: '{span}: {name} {span}', nothing: 'x', page: 'y' });

    expect(own.billFor('Ann', 'May')).toBe('May: Ann May');
    expect(own.page(1, 2)).toBe('Page 1 of 2');
    expect(Object.keys(own)).toEqual(Object.keys(textsOf('en')));
  });

  test.each(LOCALES)('in %s can be given for every key, and are what stands there then', locale => {
    const builtIn = textsOf(locale);
    for (const [key, { needed: names }] of OWN_BILL_TEXTS) {
      const name = key.replace('bill.', '');
      const mine = withOwnTexts(builtIn, { [name]: names.map(each => `{${each}}`).join('/') || 'mine' });
      const said: unknown = Reflect.get(mine, name);
      expect(typeof said === 'function' ? said(...names) : said).toBe(names.join('/') || 'mine');
    }
  });
});
