import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CarriedAllowance } from '#shared/accounts/account.ts';
import { PeriodRater, rate } from '#shared/rating/rate.ts';
import { inRatingOrder } from '#shared/rating/rating-order.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { aCatalog, aPlan, type SourceFields } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const SINCE = at('2026-01-01T00:00:00Z');
const ZONES = { eu: { countries: ['DE'] }, world: { rest: 'true' } };

/** 1000 B for each line, shared. */
const SHARED = { id: 'data', kind: 'data', amount: '1000', pooled: 'account' };

function catalogOf(plans: Readonly<Record<string, readonly SourceFields[]>>) {
  const charges = [{ id: 'data', kind: 'data', price: { EUR: '1.00', SEK: '10.00' }, per: '100' }];
  return aCatalog({
    zones: ZONES,
    plans: Object.entries(plans).map(([id, allowances]) => aPlan({ id, allowances, charges })),
  });
}

function lineOf(line: string, plan = 'basic', from = SINCE, until?: number) {
  const tenure = { plan, from, ...(until !== undefined && { until }) };
  return aRatedLine({ line, plans: [tenure], names: [{ name: line, from: SINCE }] });
}

type Use = readonly [line: string, units: number, network?: string];

/** A minute apart, in the order of the list. */
function recordsOf(uses: readonly Use[]): KeptRecord[] {
  return uses.map(([name, units, network], index) =>
    aRecord({ name, kind: 'data', units, startedAt: NOVEMBER.start + index * 60_000, ...(network && { network }) }),
  );
}

function rated(
  allowance: SourceFields,
  uses: readonly Use[],
  lines = [lineOf('a'), lineOf('b')],
  carriedIn: readonly CarriedAllowance[] = [],
) {
  const account = aRatedAccount({ lines, carriedIn });
  const catalogs = [catalogOf({ basic: [allowance] })];
  return rate({ account, period: NOVEMBER, records: recordsOf(uses), catalogs, itemised: true });
}

function covered(...args: Parameters<typeof rated>): number[] {
  return rated(...args).records.map(record => record.covered);
}

describe('A pool of an account', () => {
  it.each<[string, SourceFields, readonly Use[], readonly number[]]>([
    // 1000 + 1000
    [
      'has what its lines bring together',
      SHARED,
      [
        ['a', 1500],
        ['b', 400],
      ],
      [1500, 400],
    ],
    // 2000 - 1500 = 500 for the next, nothing for the last
    [
      'is drawn on in the order of time',
      SHARED,
      [
        ['a', 1500],
        ['b', 800],
        ['a', 10],
      ],
      [1500, 500, 0],
    ],
    // limits too: 300 + 300 abroad
    [
      'has the limits of its lines together',
      { ...SHARED, limits: [{ from: ['eu'], amount: '300' }] },
      [
        ['a', 500, '26201'],
        ['b', 500, '26201'],
        ['b', 1500],
      ],
      [500, 100, 1400],
    ],
    [
      'is unlimited where its lines are',
      { ...SHARED, amount: 'unlimited' },
      [
        ['a', 99_000],
        ['b', 1],
      ],
      [99_000, 1],
    ],
    [
      'of nothing covers nothing',
      { ...SHARED, amount: '0' },
      [
        ['a', 5],
        ['b', 1],
      ],
      [0, 0],
    ],
  ])('%s', (_, allowance, uses, expected) => {
    expect(covered(allowance, uses)).toEqual(expected);
  });

  it('is told once, with what each line brought and used', () => {
    const { pools, lines } = rated(SHARED, [
      ['a', 1500],
      ['b', 400],
    ]);
    const of = { plan: 'basic', from: NOVEMBER.start, until: NOVEMBER.end };
    expect(pools).toEqual([
      {
        id: 'data',
        unit: 'B',
        included: 2000,
        rolledOver: 0,
        used: 1900,
        remaining: 100,
        members: [
          { line: 'a', ...of, included: 1000, used: 1500 },
          { line: 'b', ...of, included: 1000, used: 400 },
        ],
      },
    ]);
    expect(lines.map(({ allowances }) => allowances)).toEqual([[], []]);
  });

  it('gets from a line that starts inside the period its part by time, for the whole period', () => {
    // given b from 16 November: 1000 + 500; a draws before b starts
    const lines = [lineOf('a'), lineOf('b', 'basic', at('2026-11-16T00:00:00Z'))];
    expect(covered(SHARED, [['a', 1600]], lines)).toEqual([1500]);
  });

  it('is shared by lines of different plans, each with its amount', () => {
    // given 1000 and 3000
    const catalogs = [catalogOf({ basic: [SHARED], large: [{ ...SHARED, amount: '3000' }] })];
    const account = aRatedAccount({ lines: [lineOf('a'), lineOf('b', 'large')] });
    const { records } = rate({
      account,
      period: NOVEMBER,
      records: recordsOf([
        ['a', 3900],
        ['b', 200],
      ]),
      catalogs,
      itemised: true,
    });
    expect(records.map(record => record.covered)).toEqual([3900, 100]);
  });

  it('leaves what it cannot cover to the next allowance of the line', () => {
    // given 100 of its own for each line behind the pool: 2000 of 2050, then 50; nothing of the pool, then 100 of 120
    const own = { id: 'own', kind: 'data', amount: '100' };
    const catalogs = [catalogOf({ basic: [SHARED, own] })];
    const account = aRatedAccount({ lines: [lineOf('a'), lineOf('b')] });
    const { records } = rate({
      account,
      period: NOVEMBER,
      records: recordsOf([
        ['a', 2050],
        ['b', 120],
      ]),
      catalogs,
      itemised: true,
    });
    expect(records.map(record => record.covered)).toEqual([2050, 100]);
  });

  it('makes the steps of its charge those of the account', () => {
    // given 2000 in the pool; 2050 + 30 + 30: 110 beyond it are 2 steps of 100, not 1 + 1 + ... per line
    const { lines } = rated(SHARED, [
      ['a', 2050],
      ['b', 30],
      ['a', 30],
    ]);
    expect(lines.flatMap(({ charges }) => charges.map(({ units, quantity }) => [units, quantity]))).toEqual([
      [80n, 1n],
      [30n, 1n],
    ]);
  });

  it('uses what was carried in first, the oldest part before the others', () => {
    // given 100 from September and 200 from October
    const carriedIn = [
      { line: null, allowance: 'data', since: at('2026-10-01T00:00:00Z'), units: 200, periods: 1 },
      { line: null, allowance: 'data', since: at('2026-09-01T00:00:00Z'), units: 100, periods: 1 },
    ];
    const rolling = { ...SHARED, rollover: { periods: '2' } };
    const { pools, carriedOut } = rated(rolling, [['a', 150]], undefined, carriedIn);
    // then 2000 + 300 - 150; both parts end with November, 2000 of its own go on
    expect(pools[0]).toMatchObject({ included: 2000, rolledOver: 300, used: 150, remaining: 2150 });
    expect(carriedOut).toEqual([{ line: null, allowance: 'data', since: NOVEMBER.start, units: 2000, periods: 2 }]);
  });
});

const LINES = ['a', 'b', 'c'];
const POOLED = [
  { ...SHARED, limits: [{ from: ['eu'], amount: '300' }], from: ['home', 'eu'] },
  { id: 'own', kind: 'data', amount: '200' },
  { id: 'spare', kind: 'data', amount: '150', pooled: 'account' },
];
const ACCOUNT = aRatedAccount({ lines: LINES.map(line => lineOf(line)) });
const use = fc.record({
  name: fc.constantFrom(...LINES),
  units: fc.integer({ min: 0, max: 900 }),
  network: fc.constantFrom('24001', '26201', '310260'),
  startedAt: fc.integer({ min: 0, max: 40 }).map(minute => NOVEMBER.start + minute * 60_000),
});
const uses = fc.array(use, { maxLength: 40 }).map(all => all.map(facts => aRecord({ kind: 'data', ...facts })));

describe('Pools', () => {
  it('are the same whether an account is rated in order of time or line after line', () => {
    const catalogs = [catalogOf({ basic: POOLED })];
    fc.assert(
      fc.property(uses, records => {
        // given
        const input = { account: ACCOUNT, period: NOVEMBER, catalogs, itemised: true };
        const owned = inRatingOrder(records, ACCOUNT.lines, NOVEMBER);
        const inOrder = new PeriodRater(input);
        const outcomes = owned.map(entry => {
          inOrder.take(entry);
          return inOrder.itemOf(entry);
        });
        // when
        const lineByLine = new PeriodRater(input, inOrder.poolEnds());
        const again = owned
          .toSorted((a, b) => a.line - b.line)
          .map(entry => {
            lineByLine.take(entry);
            return lineByLine.itemOf(entry);
          });
        // then
        expect(again).toEqual(outcomes.toSorted((a, b) => LINES.indexOf(a.line) - LINES.indexOf(b.line)));
        expect(lineByLine.finish()).toEqual(inOrder.finish());
      }),
    );
  });

  it('say whether they ran short: where they did not, no order matters', () => {
    const catalogs = [catalogOf({ basic: POOLED })];
    fc.assert(
      fc.property(uses, records => {
        const input = { account: ACCOUNT, period: NOVEMBER, catalogs };
        const owned = inRatingOrder(records, ACCOUNT.lines, NOVEMBER);
        const [inOrder, lineByLine] = [new PeriodRater(input), new PeriodRater(input)];
        for (const entry of owned) inOrder.take(entry);
        for (const entry of owned.toSorted((a, b) => a.line - b.line)) lineByLine.take(entry);
        expect(lineByLine.poolsRanShort).toBe(inOrder.poolsRanShort);
        if (!inOrder.poolsRanShort) expect(lineByLine.finish()).toEqual(inOrder.finish());
      }),
    );
  });

  it('that are never short cover what each line alone would have had covered', () => {
    const limits = [{ from: ['eu'], amount: '100000' }];
    const ample = { ...SHARED, amount: '100000', limits };
    const [pooled, alone] = [
      [catalogOf({ basic: [ample] })],
      [catalogOf({ basic: [{ ...ample, pooled: undefined }] })],
    ];
    fc.assert(
      fc.property(uses, records => {
        const fates = (catalogs: typeof pooled) =>
          rate({ account: ACCOUNT, period: NOVEMBER, records, catalogs, itemised: true }).records;
        expect(fates(pooled)).toEqual(fates(alone));
      }),
    );
  });

  it('are after a void as if the record had never been', () => {
    const catalogs = [catalogOf({ basic: POOLED })];
    fc.assert(
      fc.property(uses, use, (records, facts) => {
        const voided = aRecord({ kind: 'data', ...facts }, { voided: true });
        const of = (each: readonly KeptRecord[]) =>
          rate({ account: ACCOUNT, period: NOVEMBER, records: each, catalogs });
        expect(of([...records, voided])).toEqual(of(records));
      }),
    );
  });
});
