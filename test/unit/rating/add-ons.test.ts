import { describe, expect, it } from 'vitest';
import type { AddOnTenure } from '#shared/accounts/account.ts';
import { printDecimal } from '#shared/money/decimal.ts';
import { rate } from '#shared/rating/rate.ts';
import { RatesUsed } from '#shared/rating/rates-used.ts';
import { usageView } from '#shared/rating/usage-view.ts';
import { aCatalog, aPlan, rateTable, type SourceFields } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const SINCE = at('2026-01-01T00:00:00Z');
const MIDDLE = at('2026-11-16T00:00:00Z');
const DAY = 86_400_000;

const FILES = {
  'voice.csv': rateTable(['* * 0 EUR 0 0.60 60 -']),
  'cheap.csv': rateTable(['46 * 0 EUR 0 0.06 60 -']),
};
/** 1000 B included; calls at 0.01 a second, data at 1.00 per 100 B. */
const PLAN = aPlan({
  fee: { EUR: '10.00' },
  allowances: [{ id: 'data', kind: 'data', amount: '1000' }],
  charges: [
    { id: 'voice', kind: 'voice', table: 'voice' },
    { id: 'data', kind: 'data', price: { EUR: '1.00' }, per: '100' },
  ],
});
/** 500 B more. */
const MORE = addOn('more', { fee: { EUR: '3.00' }, allowances: [{ id: 'extra', kind: 'data', amount: '500' }] });
/** Calls to Sweden at 0.001 a second. */
const CHEAP = addOn('cheap', {
  fee: { EUR: '2.00' },
  charges: [{ id: 'cheap-calls', kind: 'voice', to: ['domestic'], table: 'cheap' }],
});

function addOn(id: string, fields: SourceFields): SourceFields {
  return { id, name: { en: id }, ...fields };
}

function catalogOf(...addOns: readonly SourceFields[]) {
  const sections = { destinations: { domestic: ['46'] }, tables: { voice: 'voice.csv', cheap: 'cheap.csv' } };
  return aCatalog({ ...sections, plans: [PLAN], addOns }, FILES);
}

const CATALOG = catalogOf(MORE, CHEAP);

function accountWith(addOns: readonly AddOnTenure[]) {
  return aRatedAccount({ lines: [aRatedLine({ addOns })] });
}

/** Data, one use a day from 2 November on. */
function rated(addOns: readonly AddOnTenure[], uses: readonly number[], catalog = CATALOG) {
  const records = uses.map((units, day) =>
    aRecord({ kind: 'data', units, startedAt: NOVEMBER.start + (day + 1) * DAY }),
  );
  return rate({ account: accountWith(addOns), period: NOVEMBER, records, catalogs: [catalog], itemised: true });
}

describe('The allowances of an add-on', () => {
  it('are drawn before those of the plan', () => {
    const { lines } = rated([{ addOn: 'more', from: SINCE }], [600]);
    // then 500 of the add-on, 100 of the plan
    expect(
      lines.map(({ plan, allowances }) => [plan, ...allowances.map(({ used, remaining }) => [used, remaining])]),
    ).toEqual([
      ['basic', [100, 900]],
      ['more', [500, 0]],
    ]);
  });

  it('add up when it was taken twice', () => {
    const twice = [
      { addOn: 'more', from: SINCE },
      { addOn: 'more', from: SINCE },
    ];
    // 500 + 500 + 1000 of 2100
    expect(rated(twice, [2100]).records.map(({ covered }) => covered)).toEqual([2000]);
  });

  it('are there only while the line has it', () => {
    // given from 16 November (half the month: 250) until the 18th
    const tenure = { addOn: 'more', from: MIDDLE, until: MIDDLE + 2 * DAY };
    // when 1200 on the 2nd use up the plan; 100 on the 17th, 100 on the 19th
    const uses = [1200, ...Array.from({ length: 14 }, () => 0), 100, 0, 100];
    // then 1000; 100 of the add-on; nothing after its end
    expect(
      rated([tenure], uses)
        .records.filter(({ billed }) => billed > 0)
        .map(({ covered }) => covered),
    ).toEqual([1000, 100, 0]);
  });

  it('are prorated at a start inside the period as the fee is', () => {
    const { lines } = rated([{ addOn: 'more', from: MIDDLE }], []);
    const [, more] = lines;
    // 15 of 30 days
    expect(more?.allowances).toMatchObject([{ id: 'extra', included: 250 }]);
    expect(more && printDecimal(more.fee, 2)).toBe('1.50');
  });

  it('that are pooled join the pool of the plan', () => {
    const pool = { kind: 'data', pooled: 'account' };
    const plan = { ...PLAN, allowances: [{ id: 'data', amount: '1000', ...pool }] };
    const joining = addOn('joining', { fee: { EUR: '3.00' }, allowances: [{ id: 'data', amount: '500', ...pool }] });
    const catalog = aCatalog(
      { destinations: { domestic: ['46'] }, tables: { voice: 'voice.csv' }, plans: [plan], addOns: [joining] },
      FILES,
    );
    const { pools, records } = rated([{ addOn: 'joining', from: SINCE }], [1600], catalog);
    expect(pools).toMatchObject([{ id: 'data', included: 1500, used: 1500 }]);
    expect(records.map(({ covered }) => covered)).toEqual([1500]);
  });
});

describe('The charges of an add-on', () => {
  const call = (peer: string, startedAt = NOVEMBER.start) => aRecord({ units: 100, peer, startedAt });
  const price = (records: readonly ReturnType<typeof call>[], addOns: readonly AddOnTenure[]) =>
    rate({ account: accountWith(addOns), period: NOVEMBER, records, catalogs: [CATALOG], itemised: true });

  it.each<[string, string, readonly AddOnTenure[], string, bigint]>([
    // 100 × 0.001 = 0.10; 100 × 0.01 = 1.00, in micros
    ['win over those of the plan', '+46812345678', [{ addOn: 'cheap', from: SINCE }], 'cheap-calls', 100_000n],
    ['leave the plan what they do not match', '+33123456789', [{ addOn: 'cheap', from: SINCE }], 'voice', 1_000_000n],
    ['are not asked before it was taken', '+46812345678', [{ addOn: 'cheap', from: MIDDLE }], 'voice', 1_000_000n],
    [
      'are not asked after its end',
      '+46812345678',
      [{ addOn: 'cheap', from: SINCE, until: NOVEMBER.start }],
      'voice',
      1_000_000n,
    ],
  ])('%s', (_, peer, addOns, charge, amount) => {
    expect(price([call(peer)], addOns).records.map(record => [record.charge, record.amount])).toEqual([
      [charge, amount],
    ]);
  });

  it('have their own line of figures and their own rate rows', () => {
    const addOns = [{ addOn: 'cheap', from: SINCE }];
    const records = [call('+46812345678'), call('+33123456789')];
    const period = price(records, addOns);
    const rates = new RatesUsed(accountWith(addOns), NOVEMBER, [CATALOG]);
    for (const record of period.records) rates.take(record);
    expect(period.lines.map(({ plan, charges }) => [plan, ...charges.map(({ id, units }) => [id, units])])).toEqual([
      ['basic', ['voice', 100n]],
      ['cheap', ['cheap-calls', 100n]],
    ]);
    expect(rates.rates().map(({ table, prefix, records: count }) => [table, prefix, count])).toEqual([
      ['cheap', '46', 1],
      ['voice', '*', 1],
    ]);
  });
});

describe('Usage', () => {
  it('shows what add-ons bring and cost before what the plan does, with the line', () => {
    const view = usageView('acc-1', rated([{ addOn: 'more', from: SINCE }], [1700]), NOVEMBER.end);
    expect(view.lines).toMatchObject([
      {
        line: 'line-1',
        plan: 'basic',
        allowances: [
          { id: 'extra', used: 500 },
          { id: 'data', used: 1000 },
        ],
      },
    ]);
    // 10.00 + 3.00, and 200 beyond: 2 × 1.00
    expect(view.estimate.subtotal).toBe('15.00');
  });
});
