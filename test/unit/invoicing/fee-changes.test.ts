import { describe, expect, test } from 'vitest';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { BillDocument as BillSchema } from '#shared/invoicing/document/bill-document.ts';
import { sumErrors } from '#shared/invoicing/document/bill-proof.ts';
import { buildBill, printBill } from '#shared/invoicing/document/build-bill.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import { billView } from '#shared/invoicing/view/bill-view.ts';
import { LOCALES, type Locale } from '#shared/locale/locales.ts';
import { aBillInput, anInvoicedLine, aPublishedCatalog, priceOf } from '#test/builders/bills.ts';
import { at } from '#test/builders/rating.ts';

const FEE = priceOf(aPublishedCatalog(), 'dunlin:basic:fee');
const DECEMBER = { start: at('2026-12-01T00:00:00Z'), end: at('2027-01-01T00:00:00Z') };
const SINCE = at('2026-01-01T00:00:00Z');
const TENTH = at('2026-11-10T00:00:00Z');

function aNumber(line: string, from: number) {
  return { line, msisdn: `+4670000000${line}`, plans: [{ plan: 'basic', from }], billed: true, addOns: [] };
}

/** 10.00 a month: 21 of November's 30 days are 7.00. As Stripe prorates one change after the other. */
function step(quantity: string, amount: bigint, start = TENTH) {
  const period = { start, end: DECEMBER.start };
  return anInvoicedLine({ price: FEE, quantity, amount, isProration: true, period });
}

const MONTH = anInvoicedLine({ price: FEE, quantity: '3', amount: 3_000n, period: DECEMBER });

function aBill(
  steps: ReturnType<typeof step>[],
  lines = [aNumber('1', SINCE), aNumber('2', TENTH), aNumber('3', TENTH)],
  fields: { locale?: Locale; previous?: BillDocument } = {},
): BillDocument {
  const input = aBillInput([MONTH, ...steps], [], { lines, previous: fields.previous });
  const outcome = buildBill({ ...input, account: { ...input.account, locale: fields.locale ?? 'en' } });
  if ('differs' in outcome) throw new Error(JSON.stringify(outcome.differs));
  return outcome.bill;
}

function rowsOf(bill: BillDocument) {
  return billView(bill).charges.sections.flatMap(({ rows }) => rows);
}

/** 1 → 2 → 3 lines at one moment: 2 × 7.00 − 1 × 7.00 + 3 × 7.00 − 2 × 7.00 = 2 × 7.00. */
const STAIRCASE = [step('2', 1_400n), step('1', -700n), step('3', 2_100n), step('2', -1_400n)];

describe('lines that start together inside a period', () => {
  const bill = aBill(STAIRCASE);

  test('are one row that names them, their part of the month, and a price that makes the amount', () => {
    expect(rowsOf(bill).map(({ label, quantity, price, amount }) => [label, quantity, price, amount])).toEqual([
      ['Basic', '3', '€10.00', '30.00'],
      [
        'Basic: new from 10 November 2026: +46\u00a070\u00a0000\u00a000\u00a002, +46\u00a070\u00a0000\u00a000\u00a003',
        '2 × 21 of 30 days',
        '€10.00',
        '14.00',
      ],
    ]);
  });

  test('keep the provider’s rows in the document, and folded on the page', () => {
    const [section] = bill.sections;

    expect(section?.lines.map(({ amount, change }) => [amount, change])).toEqual([
      ['30.00', undefined],
      ['14.00', '1'],
      ['21.00', '1'],
      ['-7.00', '1'],
      ['-14.00', '1'],
    ]);
    expect(section?.subtotal).toBe('44.00');
    expect(sumErrors(bill)).toEqual([]);
    expect(BillSchema.parse(JSON.parse(printBill(bill)))).toEqual(bill);
    expect(rowsOf(bill)[1]?.folded?.rows).toHaveLength(4);
    expect(billPage(bill).match(/<details class="folded">/g)).toHaveLength(1);
  });

  test('are shared out to their numbers, and each number has its sum', () => {
    const { perLine } = billView(bill);

    // one month each, and 7.00 for the two that came
    expect(perLine?.rows.map(({ value }) => value)).toEqual(['€10.00', '€17.00', '€17.00']);
  });

  test.each(LOCALES)('in %s say how many days of how many', locale => {
    const quantity = rowsOf(aBill(STAIRCASE, undefined, { locale }))[1]?.quantity ?? '';

    expect(quantity).toContain('21');
    expect(quantity).toContain('30');
  });
});

describe('a change', () => {
  test('at another moment is a row of its own', () => {
    const twentieth = at('2026-11-20T12:00:00Z');
    // 10 days 12 h of 30 days: 3.50
    const bill = aBill(
      [step('2', 1_400n), step('1', -700n), step('3', 1_050n, twentieth), step('2', -700n, twentieth)],
      [aNumber('1', SINCE), aNumber('2', TENTH), aNumber('3', twentieth)],
    );

    expect(rowsOf(bill).map(({ quantity, amount }) => [quantity, amount])).toEqual([
      ['3', '30.00'],
      ['21 of 30 days', '7.00'],
      ['10 days 12\u00a0h of 30 days', '3.50'],
    ]);
  });

  test('of numbers that are not known by the moment says how many', () => {
    const bill = aBill(STAIRCASE, [aNumber('1', SINCE)]);

    expect(rowsOf(bill)[1]?.label).toBe('Basic: 2 lines more from 10 November 2026');
  });

  test('to fewer lines takes back', () => {
    const bill = aBill([step('2', 1_400n), step('3', -2_100n)], [aNumber('1', SINCE)]);

    expect(rowsOf(bill)[1]).toMatchObject({
      label: 'Basic: 1 line fewer from 10 November 2026',
      quantity: '21 of 30 days',
      amount: '-7.00',
    });
  });
});

describe('what is new', () => {
  const reasonsAfter = (previous: BillDocument) =>
    aBill([], undefined, { previous }).changes?.reasons.map(({ label, difference }) => [label, difference]);

  test('says that there is no part of a month this time', () => {
    expect(reasonsAfter(aBill(STAIRCASE))).toEqual([['Basic: no part of a month this time', '-14.00']]);
  });

  test('says how many lines there are instead of how many', () => {
    const before = aBill([]);
    const [section] = before.sections;
    const one = { ...section?.lines[0], quantity: '1', amount: '10.00' } as BillDocument['sections'][0]['lines'][0];
    const previous = { ...before, sections: [{ ...section, lines: [one] }] } as BillDocument;

    expect(reasonsAfter(previous)).toEqual([['Basic: 3 × instead of 1 ×', '20.00']]);
  });
});
