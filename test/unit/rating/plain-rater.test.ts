import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '#shared/money/decimal.ts';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, at } from '#test/builders/rating.ts';
import { type PlainCharge, type PlainCondition, type PlainRow, type PlainTerms, ratePlainly } from './plain-rater.ts';

/** October has the night in which Stockholm's clocks go back. */
const OCTOBER = { start: at('2026-10-01T00:00:00Z'), end: at('2026-11-01T00:00:00Z') };
const NETWORKS = { '24001': 'home', '26201': 'eu', '20801': 'eu', '310260': 'world' };
const DESTINATIONS = { '46': 'domestic', '467': 'mobile', '49': 'eu' };

const some = (names: readonly string[]) => fc.option(fc.subarray([...names], { minLength: 1 }), { nil: undefined });
const places = {
  from: some(['home', 'eu', 'world']),
  to: some(['domestic', 'mobile', 'eu']),
};
const single = fc.record({ ...places, band: some(['peak']) });
const pair = fc.record(places).filter(({ from, to }) => from !== undefined || to !== undefined);
const condition: fc.Arbitrary<PlainCondition> = fc.oneof(
  { weight: 2, arbitrary: single },
  fc.record({ match: fc.array(pair, { minLength: 1, maxLength: 2 }), band: some(['peak']) }),
);
/** Within what the allowance is for: others are refused. */
const limitsOf = ({ from, match }: PlainCondition, amount: number) => {
  const zones = match === undefined ? from : zonesOf(match);
  const limit = fc.record({
    from: fc.subarray([...(zones ?? ['home', 'eu', 'world'])], { minLength: 1 }),
    amount: fc.integer({ min: 0, max: Math.min(amount, 300) }),
  });
  return fc.array(limit, { maxLength: 2 });
};

function zonesOf(match: readonly PlainCondition[]): string[] | undefined {
  return match.some(({ from }) => from === undefined) ? undefined : match.flatMap(({ from }) => from ?? []);
}
const increments = fc.tuple(fc.constantFrom(1, 6, 30, 60), fc.constantFrom(1, 6, 60));

const allowance = (id: string) =>
  fc
    .tuple(
      condition,
      fc.constantFrom('voice', 'sms'),
      // Infinity: unlimited.
      fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 600 }) }, fc.constant(Number.POSITIVE_INFINITY)),
    )
    .chain(([match, kind, amount]) => limitsOf(match, amount).map(limits => ({ ...match, id, kind, amount, limits })));

const charge = (id: string) =>
  fc
    .tuple(condition, increments, fc.option(fc.constantFrom(1, 60), { nil: undefined }))
    .map(([match, [first, next], step]) => ({ ...match, ...chargeOf(id, 'voice', [first, next], step) }));

function chargeOf(id: string, kind: string, steps: readonly [number, number], step: number | undefined): PlainCharge {
  return { id, kind, increments: steps, price: step === undefined ? undefined : { step } };
}

/** Rows of one prefix and band: one at 0, perhaps another behind it. */
const rowsOf = (prefix: string, band: string): fc.Arbitrary<PlainRow[]> =>
  fc
    .record({
      setup: fc.constantFrom(0, 0, 50_000, 123_457),
      prices: fc.array(fc.integer({ min: 0, max: 700_000 }), { minLength: 1, maxLength: 3 }),
      per: fc.constantFrom(1, 7, 60),
      increments: fc.option(increments, { nil: undefined }),
      free: fc.integer({ min: 0, max: 9 }).map(dice => dice === 0),
    })
    .map(({ setup, prices, per, increments: own, free }) =>
      prices.map((price, index) => ({
        prefix,
        band,
        after: index * 100,
        setup: index === 0 && !free ? setup : 0,
        price: free ? 0 : price,
        per,
        increments: index === 0 ? own : undefined,
      })),
    );

const rows = fc
  .tuple(
    fc.subarray(['46', '4', '467', '46701', '49', '491', '1']),
    fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  )
  .chain(([prefixes, peaks]) =>
    fc.tuple(
      ...['*', ...prefixes].flatMap((prefix, index) =>
        peaks[index] ? [rowsOf(prefix, '*'), rowsOf(prefix, 'peak')] : [rowsOf(prefix, '*')],
      ),
    ),
  )
  .map(groups => groups.flat());

const terms: fc.Arbitrary<PlainTerms> = fc
  .record({
    timezone: fc.constantFrom('UTC', 'Europe/Stockholm', 'America/New_York'),
    hours: fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 23 })),
    allowances: fc.tuple(allowance('first'), allowance('second')),
    charges: fc.tuple(charge('one'), charge('two')),
    rows,
  })
  .map(({ timezone, hours: [fromHour, toHour], allowances, charges, rows: table }) => ({
    timezone,
    networks: NETWORKS,
    destinations: DESTINATIONS,
    band: { id: 'peak', fromHour, toHour },
    allowances,
    charges: [...charges, chargeOf('rest', 'voice', [60, 1], undefined), chargeOf('sms', 'sms', [1, 1], 1)],
    rows: table,
  }));

/** Micros → major units of EUR. */
function euros(micros: number): string {
  return printDecimal({ digits: BigInt(micros), scale: 6 });
}

function catalogOf({ band, allowances, charges, rows: table }: PlainTerms) {
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  const cells = table.map(
    ({ prefix, band: ofBand, after, setup, price, per, increments: own }) =>
      `${prefix} ${ofBand} ${after} EUR ${euros(setup)} ${euros(price)} ${per} ${own?.join('/') ?? '-'}`,
  );
  const plan = aPlan({
    fee: { EUR: '10.00' },
    allowances: allowances.map(({ amount, limits = [], ...rest }) => ({
      ...rest,
      limits: limits.map(limit => ({ from: limit.from, amount: String(limit.amount) })),
      amount: Number.isFinite(amount) ? String(amount) : 'unlimited',
    })),
    charges: charges.map(({ price, increments: steps, ...rest }) => ({
      ...rest,
      increments: steps.join('/'),
      ...(price === undefined ? { table: 'voice' } : { price: { EUR: '0.10' }, per: String(price.step) }),
    })),
  });
  return aCatalog(
    {
      zones: { eu: { countries: ['DE', 'FR'] }, world: { rest: 'true' } },
      destinations: { domestic: ['46'], mobile: ['467'], eu: ['49'] },
      bands: { peak: { from: clock(band.fromHour), to: clock(band.toHour) } },
      tables: { voice: 'voice.csv' },
      plans: [plan],
    },
    { 'voice.csv': rateTable(cells) },
  );
}

const usage = fc.array(
  fc.record({
    kind: fc.constantFrom('voice', 'voice', 'voice', 'sms'),
    peer: fc.constantFrom('+46812345678', '+46701234567', '+4915112345', '+12025550123', '+33123456789'),
    network: fc.constantFrom(undefined, '24001', '26201', '310260', '99999'),
    startedAt: fc.oneof(
      fc.integer({ min: OCTOBER.start, max: OCTOBER.end - 1 }),
      fc.integer({ min: at('2026-10-25T00:00:00Z'), max: at('2026-10-25T03:00:00Z') }),
    ),
    units: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400 })),
  }),
  { minLength: 1, maxLength: 25 },
);

describe('Rating', () => {
  it('agrees with the rules written plainly, on any catalog', () => {
    fc.assert(
      fc.property(terms, usage, (plain, calls) => {
        // given
        const records = calls.map(call => aRecord(call)).sort((a, b) => a.facts.startedAt - b.facts.startedAt);
        // when
        const account = aRatedAccount({ timezone: plain.timezone });
        const rated = rate({ account, period: OCTOBER, records, catalogs: [catalogOf(plain)], itemised: true });
        // then
        const outcomes = rated.records.map(({ record, state, charge: matched, billed, covered, priced, amount }) => ({
          id: record.facts.id,
          state,
          charge: matched,
          units: [billed, covered, priced],
          amount,
        }));
        expect(outcomes).toEqual(
          ratePlainly(
            plain,
            records.map(record => record.facts),
          ),
        );
      }),
      { numRuns: 300 },
    );
  });
});
