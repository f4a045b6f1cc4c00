import { describe, expect, test } from 'vitest';
import { allBillables } from '#shared/catalog/billables-of.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import { annexView } from '#shared/invoicing/view/annex-view.ts';
import { billView } from '#shared/invoicing/view/bill-view.ts';
import { LOCALES, type Locale } from '#shared/locale/locales.ts';
import { rate } from '#shared/rating/rate.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { aBillInput, anInvoicedLine } from '#test/builders/bills.ts';
import { aCatalog, type SourceFields } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, NOVEMBER } from '#test/builders/rating.ts';

/**
 * Calls to Sweden at 0.05 and 0.20 a minute, elsewhere at 0.05 and 1.00, from ten minutes on 0.50; 112 free, 116111 an
 * ordinary call that the minutes pay. Abroad calls at 2.40, data at 0.02 a megabyte in steps of a kilobyte.
 */
const PLAN: SourceFields = {
  id: 'basic',
  name: { en: 'Basic' },
  fee: { EUR: '10.00' },
  allowances: [{ id: 'helped', name: { en: 'Helped' }, kind: 'voice', amount: '10 min', to: ['help'] }],
  charges: [
    { id: 'abroad', name: { en: 'Calls while abroad' }, kind: 'voice', from: ['world'], table: 'abroad' },
    { id: 'voice', name: { en: 'Calls' }, kind: 'voice', table: 'voice' },
    {
      id: 'data',
      name: { en: 'Data while abroad' },
      kind: 'data',
      from: ['world'],
      price: { EUR: '0.02' },
      per: '1 MB',
      step: '1 KB',
      increments: '10 KB',
    },
    { id: 'data-home', name: { en: 'Data' }, kind: 'data', price: { EUR: '0' }, per: '1 MB', step: '1 KB' },
    { id: 'sms', kind: 'sms', price: { EUR: '0' } },
  ],
};

const VOICE = `prefix,destination,after,currency,setup,price,per,increments
46,Sweden,0,EUR,0.05,0.20,60,1/1
*,Elsewhere,0,EUR,0.05,1.00,60,1/1
*,Elsewhere,600,EUR,,0.50,60,
exact:112,Emergency,0,EUR,0,0,60,1/1`;

const ABROAD = `prefix,destination,currency,price,per,increments
*,Elsewhere,EUR,2.40,60,60/1`;

function aPublished(fields: SourceFields = {}): PublishedCatalog {
  const catalog = aCatalog(
    {
      zones: { world: { rest: 'true' } },
      destinations: { help: ['exact:116111'] },
      plans: [PLAN],
      tables: { voice: 'voice.csv', abroad: 'abroad.csv' },
      ...fields,
    },
    { 'voice.csv': VOICE, 'abroad.csv': ABROAD },
  );
  const prices = Object.fromEntries(allBillables(catalog).map(({ key }) => [key, `price_${key}`]));
  return { ...catalog, stripe: { prices, meters: {} } };
}

interface Subscriber {
  readonly catalog?: SourceFields;
  readonly locale?: Locale;
  readonly itemised?: boolean;
  readonly maskPeers?: boolean;
}

/** The bill of the records, with the lines that Stripe would make of what was rated. */
function built(records: readonly KeptRecord[], { catalog: fields, ...account }: Subscriber = {}) {
  const catalogs = [aPublished(fields)];
  const rated = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs, itemised: true });
  const lines = [...rated.targets].map(([key, target]) => {
    // 1/10 000 cent, or kilobytes at 0.002 cent
    const [over, per] = key.includes(':amount-') ? [10_000n, 1n] : [500n, 1n];
    const amount = (2n * target * per + over) / (2n * over);
    return anInvoicedLine({ price: `price_${key}`, quantity: String(target), amount });
  });
  const input = aBillInput(lines, records, { catalogs, account: { ...aBillInput([]).account, ...account } });
  const outcome = buildBill(input);
  if ('differs' in outcome) throw new Error(JSON.stringify(outcome.differs));
  return { ...outcome, records: input.records };
}

function partsOf(bill: BillDocument): string[] {
  return billView(bill)
    .charges.sections.flatMap(({ rows }) => rows.flatMap(({ parts }) => parts))
    .map(text => text.replaceAll('\u00a0', ' '));
}

const SWEDEN = aRecord({ id: 'a', units: 4000, peer: '+46812345678' });

describe('calls on a bill', () => {
  test('have their price beside what was called, in minutes, so that it can be checked', () => {
    // 0.05 + 66.6667 min × 0.20 = 13.3833; two calls elsewhere: 0.05 + 1.00, and 0.05 + 10 × 1.00 + 2 × 0.50
    const { bill } = built([
      SWEDEN,
      aRecord({ id: 'b', units: 60, peer: '+33142685300' }),
      aRecord({ id: 'c', units: 720, peer: '+33142685300' }),
    ]);

    expect(partsOf(bill)).toEqual([
      'Sweden: 1 call, 66 min 40 s, €0.05 / call + €0.20 / min, €13.3833',
      'Elsewhere: 2 calls, 13 min, €0.05 / call + €1.00 / min, from 10 min €0.50 / min, €12.1000',
    ]);
  });

  test('name the country from which they were made, and the rate that holds there', () => {
    // a begun first minute is a whole one: 2.40 each
    const { bill } = built([
      aRecord({ id: 'a', units: 30, peer: '+46812345678', network: '52001' }),
      aRecord({ id: 'b', units: 30, peer: '+46812345678', network: '310260' }),
    ]);

    expect(partsOf(bill)).toEqual([
      'Elsewhere, from Thailand: 1 call, 1 min, €2.40 / min, €2.40',
      'Elsewhere, from United States: 1 call, 1 min, €2.40 / min, €2.40',
    ]);
    expect(annexView(bill)?.tables.flatMap(({ rows }) => [...rows()].map(row => row[2]))).toEqual([
      '+46\u00a08\u00a0123\u00a0456\u00a078 · Elsewhere · from Thailand',
      '+46\u00a08\u00a0123\u00a0456\u00a078 · Elsewhere · from United States',
    ]);
  });

  test.each([
    ['nl', 'vanuit Thailand'],
    ['sv', 'från Thailand'],
    ['fr', 'depuis\u00a0: Thaïlande'],
  ] as const)('in %s say so in that language', (locale, text) => {
    const { bill } = built([aRecord({ id: 'a', network: '52001' })], { locale });

    expect(bill.sections[0]?.lines[0]?.parts?.[0]?.label).toContain(text);
  });
});

describe('data by the megabyte', () => {
  test('has its quantity in megabytes with every decimal, so that it times the price is the amount', () => {
    // 37,200,600 kB at 0.02 a MB: 37,200.6 × 0.02 = 744.012
    const { bill } = built([
      aRecord({ id: 'a', kind: 'data', peer: undefined, units: 37_200_600_000, network: '52001' }),
    ]);
    const [row] = billView(bill).charges.sections.flatMap(({ rows }) => rows);

    expect([row?.quantity, row?.price, row?.amount]).toEqual(['37,200.6\u00a0MB', '€0.02 / 1\u00a0MB', '744.01']);
    expect(row?.notes).toEqual(['from Thailand: 37.2\u00a0GB']);
  });
});

describe('free calls', () => {
  const RECORDS = [
    SWEDEN,
    aRecord({ id: 'b', units: 60, peer: '112' }),
    // a helpline for children, which the plan's minutes pay
    aRecord({ id: 'c', units: 60, peer: '116111' }),
  ];
  const peersOf = (subscriber: Subscriber) => built(RECORDS, { ...subscriber }).records.map(({ peer }) => peer);

  test('stand in no list, and the list says so whether or not there were any', () => {
    const { bill } = built(RECORDS);

    expect(peersOf({})).toEqual(['+46812345678']);
    expect(bill.records).toHaveLength(1);
    expect(annexView(bill)?.note).toBe('Calls that cost nothing, such as those to helplines, are not listed.');
    expect(annexView(built([SWEDEN]).bill)?.note).toBe(annexView(bill)?.note);
  });

  test('are listed where the catalog says so', () => {
    expect(peersOf({ catalog: { freeCalls: 'listed' } })).toEqual(['+46812345678', '112', '116111']);
    expect(built(RECORDS, { catalog: { freeCalls: 'listed' } }).bill.freeCalls).toBeUndefined();
  });

  test('of an unlimited plan are ordinary use', () => {
    const data = aRecord({ id: 'd', kind: 'data', peer: undefined, units: 1_000 });
    const message = aRecord({ id: 'e', kind: 'sms', units: 1 });

    expect(built([data, message]).records.map(({ kind }) => kind)).toEqual(['data', 'sms']);
  });
});

describe('an account that does not want single records', () => {
  test('gets no number that was called, on the bill and in the file for machines', () => {
    const { bill, records } = built([SWEDEN], { itemised: false });

    expect(bill.records).toBeNull();
    expect(records).toMatchObject([{ peer: null, destination: 'Sweden', billed: 4000 }]);
  });

  test.each(LOCALES)('that wants them masked gets them masked in %s', locale => {
    const { records } = built([SWEDEN], { locale, maskPeers: true });

    expect(records.map(({ peer }) => peer)).toEqual(['+4681234****']);
  });
});
