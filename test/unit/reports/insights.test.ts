import { describe, expect, it } from 'vitest';
import { decimal, printDecimal } from '#shared/money/decimal.ts';
import { rate } from '#shared/rating/rate.ts';
import { changesBetween } from '#shared/reports/insights/changes.ts';
import { INSIGHT_TEXTS } from '#shared/reports/insights/insight-texts.ts';
import { type MonthOfUse, monthOfUse, UseByKind } from '#shared/reports/insights/month-of-use.ts';
import { comparedPlan, suggestedPlan } from '#shared/reports/insights/plan-comparison.ts';
import { aCatalog, aPlan } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, NOVEMBER } from '#test/builders/rating.ts';

const catalog = aCatalog({
  plans: [
    aPlan({
      fee: { EUR: '10.00' },
      allowances: [{ id: 'minutes', kind: 'voice', amount: '2 min' }],
      charges: [
        { id: 'voice', kind: 'voice', price: { EUR: '0.10' }, per: '1 min', step: '1 min' },
        { id: 'data', kind: 'data', price: { EUR: '2.00' }, per: '1 GB', step: '1 GB' },
      ],
    }),
  ],
});

function aMonth(...records: readonly Parameters<typeof aRecord>[0][]): MonthOfUse {
  const used = new UseByKind();
  const rated = rate({
    account: aRatedAccount(),
    period: NOVEMBER,
    records: records.map((facts, index) => aRecord({ id: `r-${index}`, ...facts }, { voided: facts?.id === 'void' })),
    catalogs: [catalog],
    itemised: true,
  });
  for (const record of rated.records) used.take(record);
  return monthOfUse(rated, used, [catalog]);
}

const data = (units: number) => ({ kind: 'data', peer: undefined, units });

describe('a month of use', () => {
  it('has use and spend by line and kind, and the fee', () => {
    const month = aMonth({ units: 100 }, { units: 200 }, data(1_500_000_000), { id: 'void', units: 900 });

    // 300 s, 120 of them included: 180 s are three minutes, 0.30. 1.5 GB are two steps, 4.00. 10.00 + 4.30
    expect(month.lines[0]).toMatchObject({ line: 'line-1', plan: 'basic' });
    expect(month.lines[0]?.kinds.map(({ amount, ...kind }) => [kind, printDecimal(amount, 2)])).toEqual([
      [{ kind: 'data', records: 1, units: 1_500_000_000, isUsedUp: false }, '4.00'],
      [{ kind: 'voice', records: 2, units: 300, isUsedUp: true }, '0.30'],
    ]);
    expect(printDecimal(month.total, 2)).toBe('14.30');
  });
});

describe('what changed between two months', () => {
  it.each([
    ['more was used beyond what is included', aMonth({ units: 60 }), aMonth({ units: 300 }), 'allowance-used-up'],
    ['less was used', aMonth(data(5_000_000_000)), aMonth(data(1_000_000_000)), 'less-used'],
    ['more was used', aMonth(data(1_000_000_000)), aMonth(data(2_000_000_000)), 'more-used'],
  ])('says that %s', (_, before, after, why) => {
    expect(changesBetween(before, after)).toMatchObject([{ line: 'line-1', why }]);
  });

  it('is silent about small differences that cost nothing', () => {
    expect(changesBetween(aMonth({ units: 100 }), aMonth({ units: 105 }))).toEqual([]);
  });

  it('is told in words', () => {
    const told = {
      line: 'line-1',
      kind: 'Calls',
      used: ['1 min', '5 min'],
      cost: ['€0.00', '€0.30'],
      why: 'allowance-used-up',
    } as const;

    expect(INSIGHT_TEXTS.en.change(told)).toBe(
      'Calls of line-1: 5 min after 1 min the month before, for €0.30 after €0.00: more was used and the allowance was used up.',
    );
  });
});

describe('plans beside what was paid', () => {
  // Newest first; the first month is not over.
  const cost = ['5.00', '20.00', '30.00', '50.00', '10.00'].map(decimal);
  const judged = [1, 2, 3];
  const on = (plan: string, ...amounts: (string | null)[]) =>
    comparedPlan(
      plan,
      amounts.map(amount => (amount === null ? null : decimal(amount))),
      cost,
      judged,
    );

  it('save what three full months would have cost less', () => {
    // 20 + 30 + 50 = 100; 25 + 25 + 40 = 90
    expect(on('flat', '25.00', '25.00', '25.00', '40.00', '25.00').saving).toEqual(decimal('10.00'));
    expect(on('gap', '25.00', '25.00', null, '40.00', '25.00').saving).toBeNull();
  });

  it('are suggested from 10 % on, the one that saves most', () => {
    const tenth = on('tenth', '0.00', '20.00', '30.00', '40.00', '0.00');
    const more = on('more', '0.00', '20.00', '30.00', '39.99', '0.00');
    const less = on('less', '0.00', '20.00', '30.00', '40.01', '0.00');

    expect(suggestedPlan([less, tenth, more], cost, judged)?.plan).toBe('more');
    expect(suggestedPlan([less, tenth], cost, judged)?.plan).toBe('tenth');
    expect(suggestedPlan([less], cost, judged)).toBeUndefined();
    expect(suggestedPlan([more], cost, [1, 2])).toBeUndefined();
  });
});
