import { describe, expect, test } from 'vitest';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { BillDocument as BillSchema } from '#shared/invoicing/document/bill-document.ts';
import { sumErrors } from '#shared/invoicing/document/bill-proof.ts';
import { parseRates, printRates } from '#shared/invoicing/document/bill-rates.ts';
import { type BillInput, buildBill, printBill } from '#shared/invoicing/document/build-bill.ts';
import { billView } from '#shared/invoicing/view/bill-view.ts';
import { aBillInput, anInvoice, anInvoicedLine, aPublishedCatalog, priceOf } from '#test/builders/bills.ts';
import { aRecord, at } from '#test/builders/rating.ts';

const catalog = aPublishedCatalog();
const DECEMBER = { start: at('2026-12-01T00:00:00Z'), end: at('2027-01-01T00:00:00Z') };

const FEE = anInvoicedLine({ price: priceOf(catalog, 'dunlin:basic:fee'), amount: 1_000n, period: DECEMBER });
/** 3 × 0.10. */
const MESSAGES = anInvoicedLine({ price: priceOf(catalog, 'dunlin:basic:sms'), quantity: '3', amount: 30n });
/** 2.4 GB used, 1 GB included: 1.4 GB are two started ones at 5.00. */
const DATA = anInvoicedLine({ price: priceOf(catalog, 'dunlin:basic:extra'), quantity: '2', amount: 1_000n });
/** 61 s at 0.30/60 = 0.305 and 60 s at 0.10/60 = 0.10: together 0.405, on the invoice 0.41; in 1/10 000 cent 405 000. */
const CALLS = anInvoicedLine({
  price: priceOf(catalog, 'dunlin:deployment:amount-calls'),
  quantity: '405000',
  amount: 41n,
});

const RECORDS = [
  ...['a', 'b', 'c'].map(id => aRecord({ id, kind: 'sms', units: 1 })),
  aRecord({ id: 'd', kind: 'data', peer: undefined, units: 2_400_000_000 }),
  aRecord({ id: 'e', units: 61, peer: '+31201234567' }),
  aRecord({ id: 'f', units: 60, peer: '+46812345678' }),
];

function built(input: BillInput): BillDocument {
  const outcome = buildBill(input);
  if ('differs' in outcome) throw new Error(JSON.stringify(outcome.differs));
  return outcome.bill;
}

describe('the rates beside a bill', () => {
  test('are those of its calls, and the prices of what it counts', () => {
    const outcome = buildBill(aBillInput([MESSAGES, FEE, DATA, CALLS], RECORDS));
    const rates = 'differs' in outcome ? undefined : outcome.rates;

    expect(rates?.rows.map(({ prefix, steps, records, units }) => [prefix, steps[0]?.price, records, units])).toEqual([
      ['*', '0.1', 1, 60],
      ['31', '0.3', 1, 61],
    ]);
    expect(Object.entries(rates?.prices ?? {}).map(([key, price]) => [key.replace(/:EUR:.*/, ''), price])).toEqual([
      ['dunlin:basic:fee', '10'],
      ['dunlin:basic:sms', '0.1'],
      ['dunlin:basic:extra', '5'],
      // 1/10 000 cent
      ['dunlin:deployment:amount-calls', '0.000001'],
    ]);
    expect(rates && parseRates(Buffer.from(printRates(rates)))).toEqual(rates);
  });

  test('are none where it bills no usage', () => {
    const outcome = buildBill({ ...aBillInput([FEE]), rated: undefined, usage: undefined });

    expect('differs' in outcome ? outcome : outcome.rates).toBeUndefined();
  });
});

describe('a bill', () => {
  const bill = built(aBillInput([MESSAGES, FEE, DATA, CALLS], RECORDS));

  test('has the contract’s shape', () => {
    expect(BillSchema.parse(JSON.parse(printBill(bill)))).toEqual(bill);
    expect(bill).toMatchObject({ id: 'bill_1', number: 'ABC-0002', account: 'acc-1', stripeInvoice: 'in_1' });
    expect(bill.period).toEqual({ start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' });
    expect(bill.proof).toEqual({ algorithm: 'sha-256', digest: 'ab'.repeat(32), records: 6 });
  });

  test('has a line per line of the invoice, in the contract’s sections, each with its subtotal', () => {
    expect(bill.sections.map(({ id, subtotal }) => [id, subtotal])).toEqual([
      ['plans', '10.00'],
      ['calls', '0.71'],
      ['data', '10.00'],
    ]);
    expect(bill.sections.flatMap(({ lines }) => lines.map(({ label, amount }) => [label, amount]))).toEqual([
      ['Basic', '10.00'],
      ['Calls', '0.41'],
      ['Text messages', '0.30'],
      ['Extra data', '10.00'],
    ]);
    expect(bill.totals).toMatchObject({ subtotal: '20.71', tax: '0.00', total: '20.71', due: '20.71', paid: '0.00' });
  });

  test('says what was used, what the plan included, and what came on top', () => {
    const extra = bill.sections.find(({ id }) => id === 'data')?.lines[0];

    expect(extra).toMatchObject({ charge: 'extra', quantity: '2', unit: '1\u00a0GB', unitPrice: '5.00' });
    expect(extra?.shares).toEqual([
      {
        line: 'line-1',
        number: '+46700000001',
        amount: '10.00',
        text: '2.4\u00a0GB used, 1\u00a0GB included, 2 × 1\u00a0GB extra',
      },
    ]);
    expect(bill.allowances).toEqual([
      {
        line: 'line-1',
        number: '+46700000001',
        id: 'data',
        name: 'Data',
        unit: 'B',
        included: 1_000_000_000,
        used: 1_000_000_000,
        remaining: 0,
      },
    ]);
  });

  test('keeps what records cost exact and unrounded beside the rounded line, by destination', () => {
    const calls = bill.sections.find(({ id }) => id === 'calls')?.lines[0];

    expect(calls?.shares.map(({ amount }) => amount)).toEqual(['0.405']);
    expect(calls?.parts?.map(({ text, amount }) => [text, amount])).toEqual([
      ['1 call, 1\u00a0min\u00a01\u00a0s, €0.30 / min', '0.305'],
      ['1 call, 1\u00a0min, €0.10 / min', '0.10'],
    ]);
  });

  test('names each record with its cost, masked where the account wants it', () => {
    const input = aBillInput([MESSAGES, FEE, DATA, CALLS], RECORDS);
    const masked = built(
      aBillInput([MESSAGES, FEE, DATA, CALLS], RECORDS, { account: { ...input.account, maskPeers: true } }),
    );

    expect(bill.records?.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['data', null],
      ['sms', '0.10'],
      ['sms', '0.10'],
      ['sms', '0.10'],
      ['voice', '0.305'],
      ['voice', '0.10'],
    ]);
    expect(masked.records?.at(-1)?.peer).toBe('+4681234****');
    expect(built({ ...input, account: { ...input.account, itemised: false } }).records).toBeNull();
  });

  test('is the same bytes in any order of records, and whatever was paid meanwhile', () => {
    const input = aBillInput([MESSAGES, FEE, DATA, CALLS], RECORDS.toReversed());
    const paid = { ...input.invoice, status: 'paid', paid: 2_071n, remaining: 0n } as const;

    expect(printBill(built({ ...input, invoice: paid }))).toBe(printBill(bill));
  });

  test('shows what is not from the catalog as it is worded, and never stops at it', () => {
    const foreign = anInvoicedLine({ description: 'Set-up help', amount: 2_500n });
    const given = anInvoicedLine({ description: 'Goodwill', amount: -500n });
    const more = built(aBillInput([FEE, foreign, given]));

    expect(more.sections.map(({ id, lines }) => [id, lines[0]?.label, lines[0]?.amount])).toEqual([
      ['plans', 'Basic', '10.00'],
      ['one-off', 'Set-up help', '25.00'],
      ['credits', 'Goodwill', '-5.00'],
    ]);
    expect(more.totals.total).toBe('30.00');
  });

  test('tells what was added and taken back inside a period', () => {
    const rest = { start: at('2026-11-16T00:00:00Z'), end: at('2026-12-01T00:00:00Z') };
    const price = priceOf(catalog, 'dunlin:basic:fee');
    const back = anInvoicedLine({ price, amount: -500n, isProration: true, period: rest });
    const added = anInvoicedLine({ price, amount: 1_000n, quantity: '2', isProration: true, period: rest });

    expect(built(aBillInput([back, added])).sections[0]?.lines.map(({ label, amount }) => [label, amount])).toEqual([
      ['Basic: 16\u2009–\u200930 November 2026', '10.00'],
      ['Basic: credit for 16\u2009–\u200930 November 2026', '-5.00'],
    ]);
  });

  test('says what is new against the bill before, the largest first', () => {
    const before = built(aBillInput([FEE, MESSAGES], RECORDS.slice(0, 3)));
    const now = built({ ...aBillInput([MESSAGES, FEE, DATA, CALLS], RECORDS), previous: before });

    expect(now.changes).toEqual({
      previous: 'bill_1',
      difference: '10.41',
      reasons: [
        { label: 'Extra data', difference: '10.00' },
        { label: 'Calls', difference: '0.41' },
      ],
    });
  });
});

describe('credit that was granted', () => {
  // 10.00 less 10 % is 9.00, less 4.00 of credit 5.00, and 25 % tax on that 1.25: 6.25
  const invoice = anInvoice([FEE], {
    discount: 100n,
    credit: 400n,
    taxes: [{ name: 'VAT', rate: '25', base: 500n, amount: 125n, inclusive: false }],
    total: 625n,
    asked: 625n,
  });
  const bill = built({ ...aBillInput([FEE]), invoice });

  test('is taken off before tax, and stands beside the discount', () => {
    expect(bill.totals).toMatchObject({ subtotal: '10.00', discount: '1.00', credit: '4.00', total: '6.25' });
    expect(billView(bill).totals.rows.map(({ label, value }) => [label, value])).toEqual([
      ['Subtotal', '10.00'],
      ['Discount', '-1.00'],
      ['Credit granted', '-4.00'],
      ['VAT 25% on €5.00', '1.25'],
      ['Total', '6.25'],
      ['To pay', '6.25'],
    ]);
  });

  test('adds up when the bill is worked out again, and is missed when it is not there', () => {
    const { credit: _, ...without } = bill.totals;

    expect(sumErrors(bill)).toEqual([]);
    expect(sumErrors({ ...bill, totals: without })).toEqual([
      'Subtotal, discount, credit and tax do not make the total.',
    ]);
    expect(buildBill({ ...aBillInput([FEE]), invoice: { ...invoice, credit: 399n } })).toEqual({
      differs: { total: 'worked out 626, invoice 625' },
    });
  });
});

describe('what is to pay', () => {
  // The smallest amount that is charged is 0.50 EUR.
  test.each([
    {
      of: 'the total alone',
      invoice: { total: 1_000n, balance: 0n, asked: 1_000n },
      rows: ['To pay 10.00'],
    },
    {
      of: 'a credit that is used up',
      invoice: { total: 1_000n, balance: -300n, asked: 700n },
      rows: ['Total 10.00', 'Credit brought forward -3.00', 'To pay 7.00'],
    },
    {
      of: 'a credit that is not used up',
      invoice: { total: 1_000n, balance: -3_000n, asked: 0n },
      rows: ['Total 10.00', 'Credit brought forward -30.00', 'Carried to the next bill 20.00', 'To pay 0.00'],
    },
    {
      of: 'what was too little before',
      invoice: { total: 1_000n, balance: 30n, asked: 1_030n },
      rows: ['Total 10.00', 'Owed from earlier bills 0.30', 'To pay 10.30'],
    },
    {
      of: 'too little to charge',
      invoice: { total: 30n, balance: 0n, asked: 0n },
      rows: ['Total 0.30', 'Carried to the next bill -0.30', 'To pay 0.00'],
    },
    {
      of: 'too little for the second time',
      invoice: { total: 20n, balance: 10n, asked: 0n },
      rows: ['Total 0.20', 'Owed from earlier bills 0.10', 'Carried to the next bill -0.30', 'To pay 0.00'],
    },
    {
      of: 'more given back than charged',
      invoice: { total: -500n, balance: 0n, asked: 0n },
      rows: ['Total -5.00', 'Carried to the next bill 5.00', 'To pay 0.00'],
    },
  ])('is the sum of the rows: $of', ({ invoice, rows }) => {
    const line = anInvoicedLine({ amount: invoice.total });

    const bill = built({ ...aBillInput([line]), invoice: anInvoice([line], invoice) });

    const shown = billView(bill).totals.rows.map(({ label, value }) => `${label} ${value}`);
    expect(shown).toEqual(rows);
    expect(sumErrors(bill)).toEqual([]);
  });

  test('adds up also on bills that were issued before the two were told apart', () => {
    const bill = built(aBillInput([FEE]));
    const totals = { ...bill.totals, balance: '-3.00', due: '7.00' };

    expect(sumErrors({ ...bill, totals })).toEqual([]);
    expect(sumErrors({ ...bill, totals: { ...totals, due: '7.01' } })).toEqual([
      'The total and what stood open do not make what is to pay.',
    ]);
  });
});

describe('no bill is issued', () => {
  test('when a quantity on the invoice is not what was rated', () => {
    const short = { ...MESSAGES, quantity: '2', amount: 20n };

    expect(buildBill(aBillInput([FEE, short], RECORDS.slice(0, 3)))).toEqual({
      differs: { [MESSAGES.price?.slice('price_'.length) ?? '']: 'rated 3, invoiced 2' },
    });
  });

  test('when what was rated is not on the invoice at all', () => {
    expect(buildBill(aBillInput([FEE], RECORDS.slice(0, 3)))).toHaveProperty('differs');
  });

  test('when an amount is not quantity times price, to the cent', () => {
    expect(buildBill(aBillInput([FEE, { ...MESSAGES, amount: 31n }], RECORDS.slice(0, 3)))).toHaveProperty('differs');
  });

  test('when lines, discount and tax do not make the total', () => {
    const input = aBillInput([FEE]);
    const tax = { name: 'VAT', rate: '25', base: 1_000n, amount: 250n, inclusive: false };
    const withTax = anInvoice([FEE], { taxes: [tax], total: 1_250n, asked: 1_250n });

    expect(built({ ...input, invoice: withTax }).totals).toMatchObject({
      subtotal: '10.00',
      tax: '2.50',
      total: '12.50',
    });
    expect(buildBill({ ...input, invoice: { ...withTax, total: 1_249n } })).toEqual({
      differs: { total: 'worked out 1250, invoice 1249' },
    });
  });
});
