import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';
import { drawPlainly, type PlainAllowance } from './plain-allowances.ts';

const LINES = ['a', 'b'];
const SINCE = at('2026-01-01T00:00:00Z');
const NETWORKS = { home: '24001', eu: '26201', world: '310260' };
const MONTHS = ['2026-08-01T00:00:00Z', '2026-09-01T00:00:00Z', '2026-10-01T00:00:00Z'].map(at);

const allowance = (id: string): fc.Arbitrary<PlainAllowance> =>
  fc
    .record({
      amount: fc.integer({ min: 0, max: 600 }),
      pooled: fc.boolean(),
      limit: fc.option(fc.subarray(['home', 'eu', 'world'], { minLength: 1 }), { nil: undefined }),
      most: fc.integer({ min: 0, max: 400 }),
      rollover: fc.option(
        fc.record({ periods: fc.integer({ min: 1, max: 3 }), max: fc.integer({ min: 1, max: 700 }) }),
        {
          nil: undefined,
        },
      ),
    })
    .map(({ amount, pooled, limit, most, rollover }) => ({
      id,
      amount,
      pooled,
      rollover,
      limits: limit === undefined ? [] : [{ from: limit, amount: Math.min(most, amount) }],
    }));

const part = fc.record({
  holder: fc.constantFrom('a', 'b', 'pool'),
  allowance: fc.constantFrom('first', 'second'),
  age: fc.integer({ min: 0, max: 2 }),
  units: fc.integer({ min: 1, max: 300 }),
  periods: fc.integer({ min: 1, max: 3 }),
});

const use = fc.record({
  line: fc.constantFrom(...LINES),
  zone: fc.constantFrom('home' as const, 'eu' as const, 'world' as const),
  units: fc.integer({ min: 1, max: 500 }),
});

/** One part of each age: a period leaves one. */
const carriedIn = fc.uniqueArray(part, {
  maxLength: 6,
  selector: ({ holder, allowance: of, age }) => `${holder} ${of} ${age}`,
});

function catalogOf(allowances: readonly PlainAllowance[]) {
  return aCatalog({
    zones: { eu: { countries: ['DE'] }, world: { rest: 'true' } },
    plans: [
      aPlan({
        allowances: allowances.map(({ id, amount, pooled, limits, rollover }) => ({
          id,
          kind: 'data',
          amount: String(amount),
          ...(pooled && { pooled: 'account' }),
          limits: limits.map(({ from, amount: most }) => ({ from, amount: String(most) })),
          ...(rollover && { rollover: { periods: String(rollover.periods), max: String(rollover.max) } }),
        })),
        charges: [{ id: 'data', kind: 'data', price: { EUR: '1.00', SEK: '10.00' }, per: '100' }],
      }),
    ],
  });
}

describe('Allowances of several lines', () => {
  it('agree with the rules written plainly: pools, limits, and what is carried in and on', () => {
    fc.assert(
      fc.property(fc.tuple(allowance('first'), allowance('second')), carriedIn, fc.array(use), (both, parts, uses) => {
        // given
        const lines = LINES.map(line =>
          aRatedLine({ line, plans: [{ plan: 'basic', from: SINCE }], names: [{ name: line, from: SINCE }] }),
        );
        const account = aRatedAccount({
          lines,
          carriedIn: parts.map(({ holder, age, ...rest }) => ({
            ...rest,
            line: holder === 'pool' ? null : holder,
            since: MONTHS[age] ?? 0,
          })),
        });
        const records = uses.map(({ line, zone, units }, index) =>
          aRecord({ kind: 'data', name: line, units, network: NETWORKS[zone], startedAt: NOVEMBER.start + index }),
        );
        // when
        const rated = rate({ account, period: NOVEMBER, records, catalogs: [catalogOf(both)], itemised: true });
        // then
        const plainly = drawPlainly(LINES, both, parts, uses);
        const ages = new Map([...MONTHS.map((since, age) => [since, age] as const), [NOVEMBER.start, 1000]]);
        const goesOn = rated.carriedOut.map(({ line, since, ...rest }) => ({
          ...rest,
          holder: line ?? 'pool',
          age: ages.get(since),
        }));
        const inOrder = (of: readonly object[]) => of.map(each => JSON.stringify(Object.entries(each).sort())).sort();
        expect(rated.records.map(({ covered }) => covered)).toEqual(plainly.covered);
        expect(inOrder(goesOn)).toEqual(inOrder(plainly.goesOn));
      }),
      { numRuns: 300 },
    );
  });
});
