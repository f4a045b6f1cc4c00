import { describe, expect, it } from 'vitest';
import type { CarriedAllowance, LineHistory } from '#shared/accounts/account.ts';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan, type SourceFields } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const SEPTEMBER = at('2026-09-01T00:00:00Z');
const OCTOBER = at('2026-10-01T00:00:00Z');
const MIDDLE = at('2026-11-16T00:00:00Z');
const SINCE = at('2026-01-01T00:00:00Z');

const ROLLING = { id: 'data', kind: 'data', amount: '1000', rollover: { periods: '1', max: '1500' } };

function carried(since: number, units: number, periods = 1, allowance = 'data'): CarriedAllowance {
  return { line: 'line-1', allowance, since, units, periods };
}

function rated(
  plans: Readonly<Record<string, readonly SourceFields[]>>,
  uses: readonly number[],
  carriedIn: readonly CarriedAllowance[] = [],
  history: Partial<LineHistory> = {},
) {
  const charges = [{ id: 'data', kind: 'data', price: { EUR: '1.00', SEK: '10.00' }, per: '100' }];
  const catalogs = [
    aCatalog({ plans: Object.entries(plans).map(([id, allowances]) => aPlan({ id, allowances, charges })) }),
  ];
  const account = aRatedAccount({ lines: [aRatedLine(history)], carriedIn });
  const records = uses.map((units, day) =>
    aRecord({ kind: 'data', units, startedAt: NOVEMBER.start + day * 86_400_000 }),
  );
  return rate({ account, period: NOVEMBER, records, catalogs, itemised: true });
}

/** `[since, units, periods]` of what goes on. */
function goesOn(...args: Parameters<typeof rated>) {
  return rated(...args).carriedOut.map(({ since, units, periods }) => [since, units, periods]);
}

describe('What is left of an allowance', () => {
  it.each<[string, SourceFields, readonly number[], readonly CarriedAllowance[], readonly unknown[]]>([
    // 1000 - 300
    ['goes on', ROLLING, [300], [], [[NOVEMBER.start, 700, 1]]],
    ['is nothing when all was used', ROLLING, [1000], [], []],
    ['is nothing when more was wished for', ROLLING, [1300], [], []],
    // 1000 + 400 - 300 = 1100, but the 100 from October end with November
    ['ends after its periods', ROLLING, [300], [carried(OCTOBER, 400)], [[NOVEMBER.start, 1000, 1]]],
    // the 400 are used first: 1000 - (500 - 400) = 900
    ['is used before the own units', ROLLING, [500], [carried(OCTOBER, 400)], [[NOVEMBER.start, 900, 1]]],
    // two periods: 400 - 300 = 100 from October have one more, 1000 have two
    [
      'goes on for several periods',
      { ...ROLLING, rollover: { periods: '2', max: '5000' } },
      [300],
      [carried(OCTOBER, 400, 2)],
      [
        [OCTOBER, 100, 1],
        [NOVEMBER.start, 1000, 2],
      ],
    ],
    // oldest first: 200 of September, then 100 of the 400 from October
    [
      'is used from the oldest part on',
      { ...ROLLING, rollover: { periods: '3', max: '5000' } },
      [300],
      [carried(OCTOBER, 400, 3), carried(SEPTEMBER, 200, 2)],
      [
        [OCTOBER, 300, 2],
        [NOVEMBER.start, 1000, 3],
      ],
    ],
    ['is cut at max', { ...ROLLING, rollover: { periods: '1', max: '250' } }, [300], [], [[NOVEMBER.start, 250, 1]]],
    // 400 + 1000 are 150 too many for 1250: of the older part
    [
      'is cut at max over all parts, the oldest first',
      { ...ROLLING, rollover: { periods: '2', max: '1250' } },
      [],
      [carried(OCTOBER, 400, 2)],
      [
        [OCTOBER, 250, 1],
        [NOVEMBER.start, 1000, 2],
      ],
    ],
    // the older part goes wholly: 1000 of 900
    [
      'is cut at max into the newest part',
      { ...ROLLING, rollover: { periods: '2', max: '900' } },
      [],
      [carried(OCTOBER, 400, 2)],
      [[NOVEMBER.start, 900, 2]],
    ],
    [
      'has no end but its periods without max',
      { ...ROLLING, rollover: { periods: '1' } },
      [],
      [],
      [[NOVEMBER.start, 1000, 1]],
    ],
    // a rule that was taken away: what was promised stays
    [
      'goes on from before the rule was taken away',
      { id: 'data', kind: 'data', amount: '1000' },
      [300],
      [carried(OCTOBER, 400, 2)],
      [[OCTOBER, 100, 1]],
    ],
    ['of another id is lost', ROLLING, [], [carried(OCTOBER, 400, 2, 'other')], [[NOVEMBER.start, 1000, 1]]],
  ])('%s', (_, allowance, uses, carriedIn, expected) => {
    expect(goesOn({ basic: [allowance] }, uses, carriedIn)).toEqual(expected);
  });

  it('is told beside what the period includes, with where it is from', () => {
    const { lines } = rated({ basic: [ROLLING] }, [500], [carried(OCTOBER, 400)]);
    // then 1000 + 400 - 500
    expect(lines[0]?.allowances).toEqual([
      {
        id: 'data',
        unit: 'B',
        included: 1000,
        rolledOver: 400,
        rolledOverFrom: [{ since: OCTOBER, units: 400 }],
        used: 500,
        remaining: 900,
      },
    ]);
  });

  it('covers beyond what the period includes', () => {
    const { records } = rated({ basic: [ROLLING] }, [1200, 300], [carried(OCTOBER, 400)]);
    // then 1200, and 1400 - 1200 = 200 of 300
    expect(records.map(record => record.covered)).toEqual([1200, 200]);
  });

  it('counts towards a limit', () => {
    // given 300 of all of it abroad; 400 + 200 wished for
    const zones = { eu: { countries: ['DE'] }, world: { rest: 'true' } };
    const fair = { ...ROLLING, limits: [{ from: ['eu'], amount: '300' }] };
    const charges = [{ id: 'data', kind: 'data', price: { EUR: '1.00', SEK: '10.00' }, per: '100' }];
    const catalogs = [aCatalog({ zones, plans: [aPlan({ allowances: [fair], charges })] })];
    const account = aRatedAccount({ carriedIn: [carried(OCTOBER, 400)] });
    const records = [aRecord({ kind: 'data', units: 500, network: '26201' })];
    const { carriedOut, records: items } = rate({ account, period: NOVEMBER, records, catalogs, itemised: true });
    expect(items.map(({ covered }) => covered)).toEqual([300]);
    expect(carriedOut.map(({ units }) => units)).toEqual([1000]);
  });

  it('of a line that ends is lost', () => {
    const plans = [{ plan: 'basic', from: SINCE, until: MIDDLE }];
    expect(goesOn({ basic: [ROLLING] }, [], [], { plans })).toEqual([]);
  });

  it('of a line that ends with the period is lost too', () => {
    const plans = [{ plan: 'basic', from: SINCE, until: NOVEMBER.end }];
    expect(goesOn({ basic: [ROLLING] }, [], [], { plans })).toEqual([]);
  });

  it('of a line that starts inside the period is what its part leaves', () => {
    // given half the month: 500
    expect(goesOn({ basic: [ROLLING] }, [], [], { plans: [{ plan: 'basic', from: MIDDLE }] })).toEqual([
      [NOVEMBER.start, 500, 1],
    ]);
  });
});

describe('Over a change of plan inside the period', () => {
  const CHANGED = {
    plans: [
      { plan: 'basic', from: SINCE, until: MIDDLE },
      { plan: 'large', from: MIDDLE },
    ],
  };

  it('what was carried in survives under the same allowance id, and what the new part leaves goes on', () => {
    // given 400 carried in; 300 used before the change, 200 after it (day 15 is the 16th)
    const large = { ...ROLLING, amount: '4000', rollover: { periods: '1', max: '9000' } };
    const uses = [300, ...Array.from({ length: 14 }, () => 0), 200];
    const { lines, carriedOut } = rated({ basic: [ROLLING], large: [large] }, uses, [carried(OCTOBER, 400)], CHANGED);
    // then the old part keeps 1000 and used 300 of the 400; the new one has 2000 and the other 100
    expect(lines.flatMap(({ allowances }) => allowances)).toMatchObject([
      { included: 1000, rolledOver: 300, used: 300, remaining: 1000 },
      { included: 2000, rolledOver: 100, used: 200, remaining: 1900 },
    ]);
    // 200 - 100 of its own: 1900 go on
    expect(carriedOut.map(({ units }) => units)).toEqual([1900]);
  });

  it('what was carried in is lost under another allowance id', () => {
    const other = { id: 'internet', kind: 'data', amount: '4000' };
    const { lines, carriedOut } = rated({ basic: [ROLLING], large: [other] }, [], [carried(OCTOBER, 400)], CHANGED);
    expect(lines.flatMap(({ allowances }) => allowances)).toMatchObject([
      { id: 'data', rolledOver: 400 },
      { id: 'internet', rolledOver: 0 },
    ]);
    expect(carriedOut).toEqual([]);
  });
});
