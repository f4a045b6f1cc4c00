import { describe, expect, it } from 'vitest';
import { at, NOVEMBER } from '#test/builders/rating.ts';
import { AXES } from '#test/grid/axes.ts';
import { CHANGED_AT, linesOf, recordsOf } from '#test/grid/grid-month.ts';
import { plainPlan } from '#test/grid/grid-terms.ts';
import { byId, pricesChange, ratedCell, SINCE } from '#test/grid/rated-cell.ts';
import { type Combination, ratingCombinations } from '#test/grid/rating-combinations.ts';
import { type PlainBill, ratePeriodPlainly } from './plain-period.ts';

const COMBINATIONS = ratingCombinations();
const MINOR_UNIT = 10_000n;

function ratedPlainly(cell: Combination): PlainBill {
  const first = { from: at(SINCE), plan: plainPlan(cell, 'first') };
  const second = { from: at(CHANGED_AT), plan: plainPlan(cell, 'second') };
  const versions = pricesChange(cell) ? [first, second] : [first];
  const bill = ratePeriodPlainly(versions, linesOf(cell), NOVEMBER, recordsOf(cell), MINOR_UNIT);
  return { ...bill, fates: byId(bill.fates) };
}

describe('every combination of kind, charge, allowance, increments, decimals and change', () => {
  const groups = AXES.kind.flatMap(kind => AXES.charge.map(charge => [kind, charge] as const));

  it.each(groups)('of %s with %s costs what the rules come to when they are written plainly', (kind, charge) => {
    const cells = COMBINATIONS.filter(cell => cell.kind === kind && cell.charge === charge);

    expect(cells.length).toBeGreaterThan(0);
    expect(cells.map(cell => ({ ...cell, ...ratedCell(cell) }))).toEqual(
      cells.map(cell => ({ ...cell, ...ratedPlainly(cell) })),
    );
  });
});

/** 16 November at noon leaves 14.5 of 30 days. Amounts are micros: 1/10 000 of the minor unit. */
describe('some of them, worked out by hand', () => {
  const voice = {
    kind: 'voice',
    allowance: 'runs out',
    increments: 'by unit',
    decimals: '2',
    change: 'none',
  } as const;
  const included = (bill: PlainBill) => bill.lines.map(line => line.allowances.map(allowance => allowance.included));

  it('steps are rounded up per line', () => {
    const bill = ratedCell({ ...voice, charge: 'price per line' });

    // 61 + 401 + 59 + 130 + 119 + 1 - 500 = 271 s are 10 steps of 30 s, 5 + 701 + 61 - 500 = 267 s are 9.
    // 0.12 cents a minute are 1200 micros, a step 600.
    expect(bill).toMatchObject({ quantity: 19n, amount: 11_400n });
    expect(bill.lines.map(line => line.fee)).toEqual([10_100_000n, 10_100_000n]);
  });

  it('or once per account', () => {
    // 271 + 267 = 538 s are 18 steps.
    expect(ratedCell({ ...voice, charge: 'price per account' })).toMatchObject({ quantity: 18n, amount: 10_800n });
  });

  it('a line that ends in the middle costs nothing after it, in yen', () => {
    const bill = ratedCell({
      ...voice,
      charge: 'table',
      allowance: 'none',
      increments: 'first block',
      decimals: '0',
      change: 'ends inside',
    });

    expect(bill.fates.map(({ id, state, amount }) => `${id} ${state} ${amount}`)).toEqual([
      'end quarantined null',
      'first open 121168', // 50 000 + 61 × 70 001 / 60 = 121 167.68
      'last-moment open 120001', // 59 s bill 60: 50 000 + 70 001
      'later quarantined null',
      'later-other open 121168',
      'long open 825104', // 401 × 123 457 / 60 = 825 104.28
      'other open 123457', // 5 s bill 60
      'same-moment-a open 1442389', // 701 × 123 457 / 60 = 1 442 389.28
      'same-moment-b quarantined null', // an end is not included
      'unanswered free 0',
    ]);
    expect(bill.amount).toBe(2_753_287n);
  });

  it('a line that starts in the middle has part of its allowance and of its fee, in dinars', () => {
    const bill = ratedCell({
      ...voice,
      kind: 'sms',
      charge: 'price per line',
      decimals: '3',
      change: 'starts inside',
    });

    // 5 × 14.5 / 30 = 2.42, up to 3. Of 3 + 3 + 1 messages 4 are priced, of the other line's 3 + 3 + 3 also 4.
    expect(included(bill)).toEqual([[3], [5]]);
    expect(bill).toMatchObject({ quantity: 8n, amount: 9600n });
    // 1.010 × 14.5 / 30 = 0.48817, to the fils 0.488
    expect(bill.lines.map(line => line.fee)).toEqual([4_880_000n, 10_100_000n]);
  });

  it('prices of a table change at once, and a record keeps its place in them behind two allowances', () => {
    const bill = ratedCell({
      ...voice,
      kind: 'data',
      charge: 'table with after',
      allowance: 'two in order',
      change: 'prices change',
    });

    expect(bill.fates.map(({ id, units, amount }) => `${id} ${units.join('/')} ${amount}`)).toEqual([
      'end 10/0/10 12778', // 10 × 127 778 / 100 = 12 777.8
      'first 610/610/0 0',
      'last-moment 590/0/590 728396', // 590 × 123 457 / 100 = 728 396.3, at the old price
      'later 1190/0/1190 1400003', // (1000 × 127 778 + 190 × 64 328) / 100 = 1 400 003.2
      'later-other 610/0/610 779446', // 610 × 127 778 / 100 = 779 445.8
      'long 4010/3301/709 64', // 900 - 610 + 3011 are covered; all beyond 3000: 709 × 9 / 100 = 63.81
      'other 50/50/0 0',
      'same-moment-a 7010/3861/3149 136352', // 900 - 50 + 3011 are covered; 3149 × 4330 / 100 = 136 351.7
      'same-moment-b 1300/0/1300 1470764', // (1000 × 127 778 + 300 × 64 328) / 100
      'unanswered 0/0/0 0',
    ]);
    expect(bill.amount).toBe(4_527_803n);
    // The old fee until the period ends.
    expect(bill.lines.map(line => line.fee)).toEqual([10_100_000n, 10_100_000n]);
  });

  it('what was withdrawn draws nothing on an allowance', () => {
    const bill = ratedCell({
      ...voice,
      charge: 'table',
      allowance: 'covers all',
      increments: 'blocks',
      change: 'void',
    });

    // 120 + 60 + 180 + 120 + 60, and 60 + 120
    expect(bill.lines.map(line => line.allowances.map(({ used }) => used))).toEqual([[540], [180]]);
    expect(bill).toMatchObject({ quantity: 0n, amount: 0n });
  });

  it('a number that moves uses the allowance of the line that it is on, at one moment by the order of ids', () => {
    const bill = ratedCell({
      ...voice,
      charge: 'table with after',
      allowance: 'not prorated',
      increments: 'first block',
      change: 'number moves',
    });

    expect(bill.fates.map(({ id, units, amount }) => `${id} ${units.join('/')} ${amount}`)).toEqual([
      'end 60/0/60 123457',
      'first 61/61/0 0',
      'last-moment 60/38/22 75667', // 500 - 61 - 401 = 38 are left; 50 000 + 22 × 70 001 / 60 = 75 667.03
      'later 119/0/119 176169', // 50 000 + (100 × 70 001 + 19 × 30 003) / 60 = 176 169.28
      'later-other 61/0/61 121168',
      'long 401/401/0 0',
      'other 60/60/0 0',
      'same-moment-a 701/440/261 39', // the other line's 500 - 60; all beyond 300: 261 × 9 / 60 = 39.15
      'same-moment-b 130/0/130 181670', // 50 000 + (100 × 70 001 + 30 × 30 003) / 60 = 181 669.83
      'unanswered 0/0/0 0',
    ]);
    expect(bill.amount).toBe(678_170n);
  });

  it('a line that starts as prices change is on the new terms, the other one still on the old', () => {
    const bill = ratedCell({
      ...voice,
      charge: 'price per account',
      decimals: '0',
      change: 'starts as prices change',
    });

    // 500 × 14.5 / 30 = 241.67, up to 242: of 130 + 119 + 1 s 8 are priced, a step of 900. The other's 267 s: 9 of 600.
    expect(included(bill)).toEqual([[242], [500]]);
    expect(bill).toMatchObject({ quantity: 10n, amount: 6300n });
    // 2030 × 14.5 / 30 = 981.17
    expect(bill.lines.map(line => line.fee)).toEqual([9_810_000n, 10_100_000n]);
  });
});
