import { describe, expect, it } from 'vitest';
import { printDecimal } from '#shared/money/decimal.ts';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const START = at('2026-11-01T00:00:00Z');
/** 10 of November's 30 days have passed. */
const CHANGE = at('2026-11-11T00:00:00Z');

const SMS = { id: 'sms', kind: 'sms', price: { EUR: '0.10' } };

function partsOf(allowance: object, line: Parameters<typeof aRatedLine>[0], fee = '15.00') {
  const allowances = [{ id: 'texts', kind: 'sms', amount: '100', ...allowance }];
  const plan = (id: string, price: string) => aPlan({ id, fee: { EUR: price }, allowances, charges: [SMS] });
  const catalog = aCatalog({ plans: [plan('basic', fee), plan('large', '30.00')] });
  const account = aRatedAccount({ lines: [aRatedLine(line)] });
  const { lines } = rate({ account, period: NOVEMBER, records: [], catalogs: [catalog] });
  return lines.map(part => [part.plan, part.allowances[0]?.included, printDecimal(part.fee, 2)]);
}

const CHANGED = {
  plans: [
    { plan: 'basic', from: at('2026-01-01T00:00:00Z'), until: CHANGE },
    { plan: 'large', from: CHANGE },
  ],
};

describe('A change of plan', () => {
  it('leaves the old part its whole allowance, and begins the new one by time', () => {
    // fees: 15.00 − 15.00 × 20/30 = 5.00; 30.00 × 20/30 = 20.00; texts: 100, and 100 × 20/30 = 66.67 → 67
    expect(partsOf({}, CHANGED)).toEqual([
      ['basic', 100, '5.00'],
      ['large', 67, '20.00'],
    ]);
  });

  it('cuts the old part too with prorate: time', () => {
    // 100 × 10/30 = 33.33 → 34
    expect(partsOf({ prorate: 'time' }, CHANGED)).toEqual([
      ['basic', 34, '5.00'],
      ['large', 67, '20.00'],
    ]);
  });

  it('gives both whole with prorate: none', () => {
    expect(partsOf({ prorate: 'none' }, CHANGED)).toEqual([
      ['basic', 100, '5.00'],
      ['large', 100, '20.00'],
    ]);
  });

  it('of a plan that began inside the period cuts from both sides with prorate: time', () => {
    const from = at('2026-11-06T00:00:00Z');
    const plans = [
      { plan: 'basic', from, until: CHANGE },
      { plan: 'large', from: CHANGE },
    ];
    // 5 of 30 days: 16.67 → 17 texts. Fee: 15.00 × 25/30 = 12.50 less 15.00 × 20/30 = 10.00
    expect(partsOf({ prorate: 'time' }, { plans })[0]).toEqual(['basic', 17, '2.50']);
    // 25 of 30 days: 83.33 → 84
    expect(partsOf({}, { plans })[0]).toEqual(['basic', 84, '2.50']);
  });

  it('rounds what is charged and what is given back each to the minor unit, as Stripe does', () => {
    // 9.99 × 20/30 = 6.66; 9.99 − 6.66 = 3.33
    expect(partsOf({}, CHANGED, '9.99')[0]).toEqual(['basic', 100, '3.33']);
    // 10.00 × 20/30 = 6.666… → 6.67; 10.00 − 6.67 = 3.33, where 10.00 × 10/30 alone is 3.33 too
    expect(partsOf({}, CHANGED, '10.00')[0]).toEqual(['basic', 100, '3.33']);
    // begun after 5 days: 10.01 × 25/30 = 8.3416… → 8.34; × 20/30 = 6.6733… → 6.67; 1.67
    const from = at('2026-11-06T00:00:00Z');
    const plans = [{ plan: 'basic', from, until: CHANGE }];
    expect(partsOf({}, { plans }, '10.01')).toEqual([['basic', 84, '1.67']]);
  });

  it('at the very start of the period leaves no part of the old plan', () => {
    const plans = [
      { plan: 'basic', from: at('2026-01-01T00:00:00Z'), until: START },
      { plan: 'large', from: START },
    ];
    expect(partsOf({}, { plans })).toEqual([['large', 100, '30.00']]);
  });

  it('at the very end of the period is none in it', () => {
    const plans = [
      { plan: 'basic', from: at('2026-01-01T00:00:00Z'), until: NOVEMBER.end },
      { plan: 'large', from: NOVEMBER.end },
    ];
    expect(partsOf({ prorate: 'time' }, { plans })).toEqual([['basic', 100, '15.00']]);
  });

  it('rates each part alone: what one has left the other does not use, and each rounds up its own step', () => {
    // given 100 texts before, 67 after; a price per 10 texts
    const charge = { ...SMS, per: '10' };
    const allowances = [{ id: 'texts', kind: 'sms', amount: '100' }];
    const plan = (id: string) => aPlan({ id, fee: { EUR: '15.00' }, allowances, charges: [charge] });
    const catalog = aCatalog({ plans: [plan('basic'), plan('large')] });
    const texts = (startedAt: number, units: number) => aRecord({ kind: 'sms', startedAt, units });
    // when the record of the old part's last moment comes in last
    const records = [texts(CHANGE, 70), texts(START, 40), texts(CHANGE - 1_000, 61)];
    const account = aRatedAccount({ lines: [aRatedLine(CHANGED)] });
    const { lines, targets } = rate({ account, period: NOVEMBER, records, catalogs: [catalog] });
    // then 40 + 61 − 100 = 1 → 1 step; 70 − 67 = 3 → 1 step
    expect(lines.map(({ charges }) => charges.map(({ units, quantity }) => [units, quantity]))).toEqual([
      [[1n, 1n]],
      [[3n, 1n]],
    ]);
    expect([...targets.values()]).toEqual([1n, 1n]);
  });
});
