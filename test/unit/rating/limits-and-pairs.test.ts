import { describe, expect, it } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan, type SourceFields } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const PLACES = {
  zones: { eu: { countries: ['DE'] }, us: { countries: ['US'] }, world: { rest: 'true' } },
  destinations: { domestic: ['46'], eu: ['49'] },
};

type Use = readonly [units: number, network?: string | undefined, peer?: string];

const HOME = undefined;
const GERMANY = '26201';
const USA = '310260';

/** One after the other, a minute apart, data (B) or calls (s) on one line with these allowances. */
function used(allowances: readonly SourceFields[], uses: readonly Use[], from?: string, until?: string) {
  const kind = String(allowances[0]?.kind);
  const plan = aPlan({
    allowances,
    charges: [
      { id: 'data', kind: 'data', price: { EUR: '1.00', SEK: '10.00' }, per: '100' },
      { id: 'voice', kind: 'voice', price: { EUR: '1.00', SEK: '10.00' }, per: '1 min' },
    ],
  });
  const start = Math.max(NOVEMBER.start, from === undefined ? 0 : at(from));
  const tenure = { plan: 'basic', from: start, ...(until !== undefined && { until: at(until) }) };
  const records = uses.map(([units, network, peer], index) =>
    aRecord({ kind, units, startedAt: start + index * 60_000, ...(network && { network }), ...(peer && { peer }) }),
  );
  const { lines, records: items } = rate({
    account: aRatedAccount({ lines: [aRatedLine({ plans: [tenure] })] }),
    period: NOVEMBER,
    records,
    catalogs: [aCatalog({ ...PLACES, plans: [plan] })],
    itemised: true,
  });
  return { covered: items.map(item => item.covered), allowances: lines[0]?.allowances ?? [] };
}

const DATA = { id: 'data', kind: 'data', amount: '1000', from: ['home', 'eu'] };
const FAIR_USE = [{ from: ['eu'], amount: '400' }];

describe('A limit of an allowance', () => {
  it.each<[string, readonly SourceFields[], readonly Use[], readonly number[]]>([
    // 300 of 400 abroad, then 100 of the wished 200
    [
      'caps the part drawn from a zone',
      [{ ...DATA, limits: FAIR_USE }],
      [
        [300, GERMANY],
        [200, GERMANY],
      ],
      [300, 100],
    ],
    // 400 abroad leave 600 of the 1000 at home
    [
      'leaves the rest for home',
      [{ ...DATA, limits: FAIR_USE }],
      [
        [500, GERMANY],
        [700, HOME],
      ],
      [400, 600],
    ],
    // at home 900; of the 400 abroad only 1000 - 900 = 100 are there
    [
      'promises nothing',
      [{ ...DATA, limits: FAIR_USE }],
      [
        [900, HOME],
        [400, GERMANY],
      ],
      [900, 100],
    ],
    [
      'of nothing keeps it at home',
      [{ ...DATA, limits: [{ from: ['eu'], amount: '0' }] }],
      [
        [1, GERMANY],
        [1, HOME],
      ],
      [0, 1],
    ],
    // both zones count towards one limit: 250 + 150 of 400
    [
      'of two zones is one for both',
      [{ ...DATA, from: ['home', 'eu', 'us'], limits: [{ from: ['eu', 'us'], amount: '400' }] }],
      [
        [250, GERMANY],
        [250, USA],
        [10, GERMANY],
      ],
      [250, 150, 0],
    ],
    // 300 abroad in all, of them 100 in the US: 100, then 300 - 100 = 200 in Germany
    [
      'can stand within another',
      [
        {
          ...DATA,
          from: ['home', 'eu', 'us'],
          limits: [
            { from: ['eu', 'us'], amount: '300' },
            { from: ['us'], amount: '100' },
          ],
        },
      ],
      [
        [150, USA],
        [250, GERMANY],
      ],
      [100, 200],
    ],
    // what the limit holds back, the next allowance takes: 400 + 100
    [
      'leaves what it holds back to the next allowance',
      [
        { ...DATA, limits: FAIR_USE },
        { id: 'more', kind: 'data', amount: '100' },
      ],
      [[600, GERMANY]],
      [500],
    ],
    // unlimited at home, 400 abroad
    [
      'caps an unlimited one',
      [{ ...DATA, amount: 'unlimited', limits: FAIR_USE }],
      [
        [9000, HOME],
        [500, GERMANY],
      ],
      [9000, 400],
    ],
    // voice in steps of its increments: 1/1 here, 90 s of the 60 s that are allowed
    [
      'is in the unit of the kind',
      [{ id: 'min', kind: 'voice', amount: '10 min', limits: [{ from: ['eu'], amount: '1 min' }] }],
      [
        [90, GERMANY],
        [90, HOME],
      ],
      [60, 90],
    ],
  ])('%s', (_, allowances, uses, covered) => {
    expect(used(allowances, uses).covered).toEqual(covered);
  });

  it('tells what was used of it', () => {
    expect(
      used(
        [{ ...DATA, limits: FAIR_USE }],
        [
          [500, GERMANY],
          [700, HOME],
        ],
      ).allowances,
    ).toEqual([
      {
        id: 'data',
        unit: 'B',
        included: 1000,
        rolledOver: 0,
        used: 1000,
        remaining: 0,
        limits: [{ from: ['eu'], amount: 400, used: 400 }],
      },
    ]);
  });

  it('is prorated with its allowance', () => {
    // given a start on 16 November: half of the month, 500 and 200
    const { covered } = used(
      [{ ...DATA, limits: FAIR_USE }],
      [
        [300, GERMANY],
        [400, HOME],
      ],
      '2026-11-16T00:00:00Z',
    );
    // then 200, and 500 - 200 = 300
    expect(covered).toEqual([200, 300]);
  });
});

const ROAM_LIKE_AT_HOME = [
  { from: ['home'], to: ['domestic'] },
  { from: ['eu'], to: ['domestic', 'eu'] },
];
const PAIRED = { id: 'min', kind: 'voice', amount: '10 min', match: ROAM_LIKE_AT_HOME };

describe('Pairs of from and to', () => {
  it.each<[string, SourceFields, Use, number]>([
    ['home to home is in the first', PAIRED, [60, HOME, '+46812345678'], 60],
    ['home to the EU is in none', PAIRED, [60, HOME, '+4915112345'], 0],
    ['the EU to home is in the second', PAIRED, [60, GERMANY, '+46812345678'], 60],
    ['the EU to the EU too', PAIRED, [60, GERMANY, '+4915112345'], 60],
    ['the US to home is in none', PAIRED, [60, USA, '+46812345678'], 0],
    ['a number that no destination covers is in none', PAIRED, [60, GERMANY, '+33123456789'], 0],
    [
      'one without to holds for every number',
      { ...PAIRED, match: [{ from: ['eu'] }] },
      [60, GERMANY, '+33123456789'],
      60,
    ],
    ['one without from holds everywhere', { ...PAIRED, match: [{ to: ['eu'] }] }, [60, USA, '+4915112345'], 60],
  ])('%s', (_, allowance, use, covered) => {
    expect(used([allowance], [use]).covered).toEqual([covered]);
  });

  it('go with a limit', () => {
    // 10 min, 2 of them in the EU: 90 + 30 of 60, then home as before
    const fair = { ...PAIRED, limits: [{ from: ['eu'], amount: '2 min' }] };
    const uses: Use[] = [
      [90, GERMANY, '+4915112345'],
      [60, GERMANY, '+46812345678'],
      [100, HOME, '+46812345678'],
    ];
    expect(used([fair], uses).covered).toEqual([90, 30, 100]);
  });
});

describe('Proration by time', () => {
  const amounts = (prorate: string | undefined, from: string, until?: string) =>
    used([{ ...DATA, ...(prorate && { prorate }) }], [], from, until).allowances.map(({ included }) => included);

  it.each<[string, string | undefined, string, string | undefined, number]>([
    // 15 of 30 days
    ['at a start', undefined, '2026-11-16T00:00:00Z', undefined, 500],
    ['at a start, not with none', 'none', '2026-11-16T00:00:00Z', undefined, 1000],
    ['at an end: not by default', undefined, '2026-11-01T00:00:00Z', '2026-11-16T00:00:00Z', 1000],
    ['at an end: with time', 'time', '2026-11-01T00:00:00Z', '2026-11-16T00:00:00Z', 500],
    // 10 of 30 days: 333.3, up
    ['at both: with time', 'time', '2026-11-11T00:00:00Z', '2026-11-21T00:00:00Z', 334],
    // 20 of 30 days: 666.6, up
    ['at both: without it only the start counts', undefined, '2026-11-11T00:00:00Z', '2026-11-21T00:00:00Z', 667],
    ['within the first second', 'time', '2026-11-01T00:00:00Z', '2026-11-01T00:00:01Z', 1],
  ])('%s', (_, prorate, from, until, included) => {
    expect(amounts(prorate, from, until)).toEqual([included]);
  });
});
