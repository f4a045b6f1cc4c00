import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import { billCsv } from '#shared/invoicing/objects/bill-csv.ts';
import { billPdf } from '#shared/invoicing/pdf/bill-pdf.ts';
import { annexView } from '#shared/invoicing/view/annex-view.ts';
import { billView } from '#shared/invoicing/view/bill-view.ts';
import { formatsOf } from '#shared/locale/formats.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { aBillInput, aBillRecord, anInvoicedLine } from '#test/builders/bills.ts';
import { at } from '#test/builders/rating.ts';
import { pdfText } from '#test/parts/pdf-text.ts';

function aBill(fields: Partial<BillDocument> = {}): BillDocument {
  const outcome = buildBill(aBillInput([anInvoicedLine({ description: 'Set-up & <help>' })]));
  if ('differs' in outcome) throw new Error('It adds up.');
  return { ...outcome.bill, ...fields };
}

describe('numbers and days', () => {
  test.each([
    ['en', 'EUR', '€1,234.50', '3 December 2026'],
    ['nl', 'EUR', '€\u00a01.234,50', '3 december 2026'],
    ['sv', 'SEK', '1\u00a0234,50\u00a0kr', '3 december 2026'],
    ['fr', 'EUR', '1\u202f234,50\u00a0€', '3 décembre 2026'],
  ] as const)('are written as in %s', (locale, currency, money, day) => {
    const formats = formatsOf(locale, currency, 'UTC');

    expect(formats.money('1234.50')).toBe(money);
    expect(formats.day(at('2026-12-03T12:00:00Z'))).toBe(day);
  });

  test('are rounded half up, from the decimal and not from what a double makes of it', () => {
    expect(formatsOf('en', 'EUR', 'UTC').money('1.005')).toBe('€1.01');
    expect(formatsOf('en', 'EUR', 'UTC').exactMoney('0.00005')).toBe('€0.00005');
  });

  /** CLDR: Swedish writes U+2212, the other three the hyphen-minus; the sign stands where the language has it. */
  test.each([
    ['en', 'EUR', '+€1.20', '-€1.20'],
    ['nl', 'EUR', '€\u00a0+1,20', '€\u00a0-1,20'],
    ['sv', 'SEK', '+1,20\u00a0kr', '\u22121,20\u00a0kr'],
    ['fr', 'EUR', '+1,20\u00a0€', '-1,20\u00a0€'],
  ] as const)('have one kind of minus in %s, as amounts and as differences', (locale, currency, more, less) => {
    const formats = formatsOf(locale, currency, 'UTC');

    expect(formats.difference('1.20')).toBe(more);
    expect(formats.difference('-1.20')).toBe(less);
    expect(formats.money('-1.20')).toBe(less);
    expect(formats.amount('-1.20')[0]).toBe(locale === 'sv' ? '\u2212' : '-');
  });

  // November in UTC: from 01:00 in Stockholm, from 20:00 the day before in New York, from 13:00 in Auckland.
  test.each([
    ['UTC', '1\u2009–\u200930 November 2026'],
    ['Europe/Stockholm', '1\u2009–\u200930 November 2026'],
    ['America/New_York', '1\u2009–\u200930 November 2026'],
    ['Pacific/Auckland', '2 November\u2009–\u20091 December 2026'],
  ])('of a period are in %s those of which it has the greater part', (timezone, days) => {
    const november = { start: at('2026-11-01T00:00:00Z'), end: at('2026-12-01T00:00:00Z') };

    expect(formatsOf('en', 'EUR', timezone).span(november)).toBe(days);
  });
});

describe('a period that begins within a day', () => {
  const factsIn = (timezone: string) =>
    billView(aBill({ timezone })).facts.map(({ label, value }) => `${label}: ${value}`);

  test('is told with its limits on the account’s clock, beside the day on which the bill was issued there', () => {
    // final on 1 December at 00:05 UTC
    expect(factsIn('America/New_York').slice(2)).toEqual([
      'Issued: 30 November 2026',
      'Period: 1\u2009–\u200930 November 2026',
      'From: 31 October 2026 at 20:00',
      'Until: 30 November 2026 at 19:00',
    ]);
    expect(annexView(aBill({ timezone: 'America/New_York', records: [] }))?.note).toContain(
      'Days and times are those of America/New York. The period ran from 31 October 2026 at 20:00 until 30 November 2026 at 19:00.',
    );
  });

  test('needs no more than its days where they begin at midnight', () => {
    expect(factsIn('UTC').slice(2)).toEqual(['Issued: 1 December 2026', 'Period: 1\u2009–\u200930 November 2026']);
    expect(annexView(aBill({ timezone: 'UTC', records: [] }))?.note).not.toContain('period');
  });
});

describe('minutes of a plan', () => {
  const told = (used: number, included: number, locale: BillDocument['locale'] = 'en') => {
    const allowance = { line: 'line-1', number: '+46700000001', id: 'minutes', name: 'Minutes', unit: 's' as const };
    const allowances = [{ ...allowance, included, used, remaining: included - used }];
    const view = billView(aBill({ locale, allowances })).allowances;
    const { text, left } = view.lines[0]?.items[0] ?? { text: '', left: '' };
    return [text, left, view.note];
  };

  test.each([
    ['en', 's', 4135, '69 minutes', 'unlimited'],
    ['nl', 's', 60, '1 minuut', 'onbeperkt'],
    ['sv', 'B', 2_500_000_000, '2,5\u00a0GB', 'obegränsat'],
    ['fr', '1', 12, '12', 'illimité'],
  ] as const)('of an unlimited allowance tell in %s what was used, in %s', (locale, unit, used, text, left) => {
    const allowance = { line: 'line-1', number: '+46700000001', id: 'a', name: 'A', unit };
    const allowances = [{ ...allowance, included: null, used, remaining: null }];

    expect(billView(aBill({ locale, allowances })).allowances.lines[0]?.items).toMatchObject([
      { text, left, share: 0 },
    ]);
  });

  test.each([
    ['en', ['of which 2 GB from October', '+46 70 000 00 01: 3 GB'], 'Shared by your lines'],
    ['nl', ['waarvan 2 GB uit oktober', '+46 70 000 00 01: 3 GB'], 'Gedeeld door uw aansluitingen'],
    ['sv', ['varav 2 GB från oktober', '+46 70 000 00 01: 3 GB'], 'Delas av dina abonnemang'],
    ['fr', ['dont 2 Go de report (octobre)', '+46 70 000 00 01: 3 Go'], 'Partagé entre vos lignes'],
  ] as const)(
    'of a pool are told once in %s, with what was carried in and who used how much',
    (locale, notes, title) => {
      const pool = {
        id: 'data',
        name: 'Data',
        unit: 'B' as const,
        included: 12_000_000_000,
        rolledOver: [{ since: '2026-10-01T00:00:00Z', units: 2_000_000_000 }],
        used: 3_000_000_000,
        remaining: 9_000_000_000,
        lines: [{ line: 'line-1', number: '+46700000001', used: 3_000_000_000 }],
      };

      const [shown] = billView(aBill({ locale, allowances: [], pools: [pool] })).allowances.lines;

      expect(shown?.number).toBe(title);
      expect(shown?.items).toMatchObject([{ name: 'Data', share: 0.25 }]);
      expect(shown?.items[0]?.notes.map(note => note.replaceAll(/\s/g, ' '))).toEqual(notes);
    },
  );

  test.each([
    // 1 h 8 min 55 s of 1 h 40 min: 68:55 are 69 started minutes
    [4135, 6000, '69 of 100 minutes', '31 minutes left', 'A minute that was started counts as used.'],
    [3600, 6000, '60 of 100 minutes', '40 minutes left', undefined],
    [0, 6000, '0 of 100 minutes', '100 minutes left', undefined],
    [6000, 6000, '100 of 100 minutes', 'all used', undefined],
    [60, 120, '1 of 2 minutes', '1 minute left', undefined],
    // part of a month: 69.9 minutes
    [0, 4194, '0 of 69.9 minutes', '69.9 minutes left', undefined],
  ])('%d s of %d s are told as %s', (used, included, text, left, note) => {
    expect(told(used, included)).toEqual([text, left, note]);
  });

  test.each([
    ['nl', '69 van 100 minuten'],
    ['sv', '69 av 100 minuter'],
    ['fr', '69 sur 100 minutes'],
  ] as const)('in %s as %s', (locale, text) => {
    expect(told(4135, 6000, locale)[0]?.replaceAll('\u00a0', ' ')).toBe(text);
  });
});

describe('the table of records', () => {
  test('has a header, Windows line ends, and no cell that a spreadsheet runs', () => {
    const csv = billCsv([aBillRecord(), aBillRecord({ destination: '=cmd|A1', peer: null })], 'EUR');

    expect(csv.split('\r\n')).toEqual([
      'line,number,kind,startedAt,peer,destination,unit,used,billed,included,amount,currency',
      'line-1,+46700000001,voice,2026-11-02T12:00:00Z,+46812345678,Sweden,s,60,60,0,0.100000,EUR',
      "line-1,+46700000001,voice,2026-11-02T12:00:00Z,,'=cmd|A1,s,60,60,0,0.100000,EUR",
      '',
    ]);
  });
});

describe('the page', () => {
  test.each(LOCALES)('in %s has its language, one title, headings in order and headers with a scope', locale => {
    const page = billPage(aBill({ locale, records: [aBillRecord()] }));

    expect(page).toContain(`<html lang="${locale}">`);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.indexOf('<h1')).toBeLessThan(page.indexOf('<h2'));
    expect(page).not.toMatch(/<th(?!ead| scope)/);
    expect(page).not.toMatch(/(src|href)="http/);
  });

  test('escapes what others wrote', () => {
    expect(billPage(aBill())).toContain('Set-up &amp; &lt;help>');
  });

  test('offers to pay what is not charged by itself, says when it was paid, and when it is late', () => {
    const open = { status: 'open', paid: '0.00', due: '10.00', payUrl: 'https://pay.example/1' } as const;
    const paid = { status: 'paid', paid: '10.00', due: '0.00', paidAt: at('2026-12-03T10:00:00Z') } as const;

    expect(billPage(aBill(), { paymentStatus: { at: at('2026-12-01T01:00:00Z'), now: open } })).not.toContain(
      'class="pay"',
    );
    const toPay = aBill({ payment: { status: 'open', methods: ['transfer'], payUrl: null } });
    expect(billPage(toPay, { paymentStatus: { at: at('2026-12-01T01:00:00Z'), now: open } })).toContain(
      '<a class="pay" href="https://pay.example/1">Pay now</a>',
    );
    expect(billPage(aBill(), { paymentStatus: { at: at('2026-12-10T00:00:00Z'), now: open } })).toContain(
      'We could not collect this amount. Please pay now with the button above.',
    );
    const later = billPage(aBill(), { paymentStatus: { at: at('2026-12-10T00:00:00Z'), now: paid } });
    expect(later).toContain('Paid on 3 December 2026');
    expect(later).not.toContain('class="pay"');
  });
});

describe('the paper', () => {
  const file = (name: string) =>
    readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  const fonts = { regular: file('DejaVuSans'), bold: file('DejaVuSans-Bold') };

  test('is tagged, has language and title, embeds its fonts, and is the same bytes each time', async () => {
    const bill = aBill({ locale: 'fr', records: [aBillRecord()] });
    const paper = Buffer.from(await billPdf(bill, fonts));
    const text = paper.toString('latin1');

    expect(text).toContain('/StructTreeRoot');
    expect(text).toContain('/Marked true');
    expect(text).toContain('/Lang (fr)');
    expect(text).toContain('/DisplayDocTitle true');
    expect(text.match(/\/FontFile2/g)).toHaveLength(2);
    expect(text.match(/\/Type \/Page\n/g)).toHaveLength(2);
    expect(Buffer.from(await billPdf(bill, fonts)).equals(paper)).toBe(true);
  });

  test('cuts nothing: a text goes on in the next line, a number is set smaller', async () => {
    const [section] = aBill().sections;
    const [line] = section?.lines ?? [];
    if (section === undefined || line === undefined) throw new Error('The bill has a line.');
    const label = 'Arbeidsongeschiktheidsverzekeringsmaatschappijvertegenwoordigersvereniging';
    const dear = { ...line, label, unitPrice: '1234567.123456789', billable: 'a', amount: '123456789012.34' };
    const minutes = { line: 'line-1', number: '+46701234567', id: 'minutes', name: 'Minuter till alla nät inom EU' };
    const bill = aBill({
      locale: 'sv',
      sections: [{ ...section, lines: [dear] }],
      allowances: [{ ...minutes, unit: 's', included: 36_000, used: 31_220, remaining: 4_780 }],
    });
    const paper = pdfText(await billPdf(bill, fonts)).join('\n');

    expect(paper).not.toContain('…');
    expect(paper).toContain('123 456 789 012,34');
    expect(paper).toContain('1 234 567,123456789');
    const words = paper.replaceAll('\n', ' ');
    for (const piece of ['Arbeidsongeschiktheids', 'vereniging', 'Minuter till alla nät', ' EU '])
      expect(words).toContain(piece);
  });

  test('says which standards it holds to, in metadata that any name leaves readable, and leads to contacts', async () => {
    const { seller } = aBill();
    const contacts = { phone: '+46 40 123 45 67', email: 'help@berg.example', web: null };
    const bytes = await billPdf(aBill({ seller: { ...seller, name: 'Berg & <Co>', contacts } }), fonts);
    const file = Buffer.from(bytes).toString('latin1');

    expect(file).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(file).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(file).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(file).toContain('<rdf:li>Berg &amp; &lt;Co&gt;</rdf:li>');
    expect(file).toContain('(tel:+46401234567)');
    expect(file).toContain('(mailto:help@berg.example)');
  });
});
