import { describe, expect, it } from 'vitest';
import { printDecimal } from '#shared/money/decimal.ts';
import { rate } from '#shared/rating/rate.ts';
import type { UsageFacts } from '#shared/usage/pages/facts.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, NOVEMBER } from '#test/builders/rating.ts';

const ROWS = [
  '46 * 0 EUR 0.05 0.06 60 -',
  '467 * 0 EUR 0.05 0.09 60 -',
  '4670 * 0 EUR 0.05 0.12 60 60/60',
  '1 * 0 EUR 0 0.0123 1min 6/6',
  'exact:112 * 0 EUR 0 0 60 -',
  'exact:118 * 0 EUR 1.00 0.50 60 -',
];
const ANY = '* * 0 EUR 0.10 0.60 60 -';

function rated(call: Partial<UsageFacts>, options: { rows?: readonly string[]; charge?: object; count?: number } = {}) {
  const charge = { id: 'voice', kind: 'voice', table: 'voice', increments: '60/1', ...options.charge };
  const plan = aPlan({ fee: { EUR: '10.00' }, charges: [charge] });
  const tables = { 'voice.csv': rateTable(options.rows ?? [...ROWS, ANY].map(row => row.replace('1min', '60'))) };
  const catalog = aCatalog({ tables: { voice: 'voice.csv' }, plans: [plan] }, tables);
  const records = Array.from({ length: options.count ?? 1 }, () => aRecord(call));
  const period = rate({
    account: aRatedAccount(),
    period: NOVEMBER,
    records,
    catalogs: [catalog],
    itemised: true,
  });
  return { period, record: period.records[0], charge: period.lines[0]?.charges[0] };
}

describe('A table', () => {
  it.each([
    ['+46812345678', 61, '46', 61, 111_000n], // 0.05 + 61 × 0.001
    ['+46711234567', 61, '467', 61, 141_500n], // 0.05 + 61 × 0.0015
    ['+46701234567', 61, '4670', 120, 290_000n], // row's 60/60 wins over 60/1: 0.05 + 120 × 0.002
    ['+12025550123', 61, '1', 66, 13_530n], // 66 × 0.0123 / 60 = 0.01353
    ['+33123456789', 61, '*', 61, 710_000n], // 0.10 + 61 × 0.01
    ['112', 61, 'exact:112', 61, 0n],
    ['118', 61, 'exact:118', 61, 15_083_333n / 10n], // 1.00 + 61 × 0.50 / 60 = 1.508333
    ['46', 60, '*', 60, 700_000n], // a short code matches no prefix
    ['113', 60, '*', 60, 700_000n],
    ['02800', 60, '*', 60, 700_000n], // a Norwegian short code: 0 and four digits
  ])('prices a call to %s of %i s by the row of %s', (peer, units, prefix, billed, amount) => {
    const { record } = rated({ peer, units });
    expect(record).toMatchObject({ destination: prefix, billed, amount });
  });

  it('without a row for the call leaves it unrated', () => {
    const { record } = rated({ peer: '+33123456789' }, { rows: ROWS.map(row => row.replace('1min', '60')) });
    expect(record).toMatchObject({ state: 'quarantined', reason: 'unrated', charge: 'voice', billed: 0, amount: null });
  });

  it('leaves a national number unrated, which is no short code, unless it has a row of its own', () => {
    const rows = [...ROWS, ANY, 'exact:0812345 * 0 EUR 0 0.06 60 -'].map(row => row.replace('1min', '60'));

    expect(rated({ peer: '0701234' }, { rows }).record).toMatchObject({ state: 'quarantined', reason: 'unrated' });
    expect(rated({ peer: '0812345' }, { rows }).record).toMatchObject({ state: 'open', billed: 60, amount: 60_000n });
  });

  it('charges an unanswered call nothing, not even the set-up', () => {
    expect(rated({ units: 0 }).record).toMatchObject({ state: 'free', reason: 'unanswered', billed: 0, amount: 0n });
  });

  it('is summed after the rounding of each record', () => {
    // given 5 micros a minute: 61 s come to 5.08, so 5
    const rows = ['* * 0 EUR 0 0.000005 60 -'];
    // when
    const { charge, period } = rated({ units: 61 }, { rows, count: 3 });
    // then 3 × 5 = 15 micros, not 15.25
    expect(charge && printDecimal(charge.amount)).toBe('0.000015');
    expect(charge).toMatchObject({ records: 3, units: 183n, quantity: null, section: 'calls' });
    expect([...period.targets]).toEqual([['dunlin:deployment:amount-calls:EUR:1', 15n]]);
  });
});

describe('Amounts per record', () => {
  const prices = { min: { EUR: '0.20' }, max: { EUR: '2.00' } };

  it.each([
    [1, 200_000n], // 0.05 + 60 × 0.001 = 0.11, raised
    [300, 350_000n], // 0.05 + 0.30
    [3_600, 2_000_000n], // 0.05 + 3.60, capped
  ])('are at least min and at most max: a call of %i s', (units, expected) => {
    expect(rated({ units }, { charge: prices }).record?.amount).toBe(expected);
  });

  it('have no min where nothing is priced', () => {
    expect(rated({ units: 0 }, { charge: prices }).record?.amount).toBe(0n);
  });

  it('of a free row with a min are the min', () => {
    expect(rated({ peer: '112' }, { charge: prices }).record).toMatchObject({ state: 'open', amount: 200_000n });
  });

  it('with a max of zero are free, and draw no allowance', () => {
    expect(rated({ units: 60 }, { charge: { max: { EUR: '0' } } }).record).toMatchObject({ state: 'free', amount: 0n });
  });

  it('too fine for a number keep to min and max as well', () => {
    // 400 × 123 456.789 012 34 / 999 983 = 49.38 micros
    const rows = ['* * 0 EUR 0 0.12345678901234 999983 -'];
    const call = { units: 400 };
    const of = (charge: object) => rated(call, { rows, charge: { increments: '1/1', ...charge } }).record?.amount;
    expect(of({})).toBe(49n);
    expect(of({ min: { EUR: '0.01' } })).toBe(10_000n);
    expect(of({ max: { EUR: '1.00' } })).toBe(49n);
  });

  it('beyond the bound of numbers are capped too', () => {
    const options = { rows: ['* * 0 EUR 0 99999999.99 1 -'], charge: prices };
    expect(rated({ units: 10 ** 6 }, options).record?.amount).toBe(2_000_000n);
  });

  it('beyond the bound of numbers are exact too', () => {
    // 99 999 999.99 EUR a second for 10^6 s = 99 999 999 990 000.00 EUR = 10^10 times that in micros
    const { record, charge, period } = rated({ units: 10 ** 6 }, { rows: ['* * 0 EUR 0 99999999.99 1 -'] });
    expect(record?.amount).toBe(99_999_999_990_000n * 10n ** 6n);
    expect(charge && printDecimal(charge.amount)).toBe('99999999990000');
    expect([...period.targets.values()]).toEqual([99_999_999_990_000n * 10n ** 6n]);
  });
});
