import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMicros } from '#shared/money/micros.ts';
import { rate } from '#shared/rating/rate.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const CATALOG = aCatalog(
  {
    zones: { eu: { countries: ['DE'] }, world: { rest: 'true' } },
    destinations: { domestic: ['46'] },
    bands: { peak: { from: '08:00', to: '20:00', holidays: ['SE'] } },
    tables: { voice: 'voice.csv' },
    plans: [
      aPlan({
        fee: { EUR: '10.00' },
        allowances: [
          { id: 'minutes', kind: 'voice', amount: '20 min', from: ['home'] },
          { id: 'data', kind: 'data', amount: '1 GB' },
        ],
        charges: [
          { id: 'voice', kind: 'voice', table: 'voice', from: ['home', 'eu'], increments: '60/1' },
          { id: 'roaming', kind: 'voice', table: 'voice', from: ['world'], increments: '60/60' },
          { id: 'data', kind: 'data', price: { EUR: '1.00' }, per: '100 MB', scope: 'account' },
          { id: 'sms', kind: 'sms', price: { EUR: '0.10' } },
        ],
      }),
    ],
  },
  {
    'voice.csv': rateTable([
      '46 * 0 EUR 0.05 0.07 60 -',
      '46 peak 0 EUR 0.05 0.11 60 -',
      '46 peak 120 EUR - 0.05 60 -',
      '467 * 0 EUR 0 0.13 60 6/6',
    ]),
  },
);

const ACCOUNT = aRatedAccount({
  timezone: 'Europe/Stockholm',
  lines: [
    aRatedLine(),
    aRatedLine({ line: 'line-2', names: [{ name: '+46700000002', from: at('2026-11-10T00:00:00Z') }] }),
  ],
});

/** Ids collide on purpose: some records are in conflict. */
const record: fc.Arbitrary<KeptRecord> = fc
  .record({
    id: fc.integer({ min: 1, max: 40 }),
    source: fc.constantFrom('a', 'b'),
    name: fc.constantFrom('+46700000001', '+46700000002'),
    kind: fc.constantFrom('voice', 'voice', 'data', 'sms', 'mms'),
    peer: fc.constantFrom('+46812345678', '+46701234567', '+4912345', '112'),
    network: fc.constantFrom(undefined, '26201', '310260'),
    direction: fc.constantFrom('out' as const, 'out' as const, 'in' as const),
    startedAt: fc.integer({ min: NOVEMBER.start - 10 ** 8, max: NOVEMBER.end + 10 ** 8 }),
    units: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 10 ** 9 })),
    acceptedSeconds: fc.integer({ min: 1, max: 5 }),
    voided: fc.integer({ min: 0, max: 9 }).map(dice => dice === 0),
  })
  .map(({ acceptedSeconds, voided, id, ...facts }) =>
    aRecord(
      { ...facts, id: `r${id}` },
      { acceptedSeconds, voided, page: `${new Date(facts.startedAt).toISOString().slice(0, 13)}:00#${facts.kind}` },
    ),
  );

const rated = (records: readonly KeptRecord[]) =>
  rate({ account: ACCOUNT, period: NOVEMBER, records, catalogs: [CATALOG], itemised: true });

describe('Rating', () => {
  it('does not depend on the order in which records are read', () => {
    const shuffled = fc
      .array(record, { maxLength: 60 })
      .chain(records => fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })));
    fc.assert(
      fc.property(shuffled, ([records, others]) => {
        expect(rated(others)).toEqual(rated(records));
      }),
    );
  });

  it('gives every record of the account one fate, and units that add up', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), records => {
        for (const item of rated(records).records) {
          expect(['open', 'covered', 'free', 'voided', 'quarantined']).toContain(item.state);
          if (item.state === 'open') expect(item.priced).toBeGreaterThan(0);
          if (item.state === 'covered') expect(item.priced).toBe(0);
          if (item.reason !== 'incoming') expect(item.covered + item.priced).toBe(item.billed);
          if (item.state === 'quarantined') expect([item.billed, item.amount]).toEqual([0, null]);
        }
      }),
    );
  });

  it('gives targets, charges and allowances that are the sums of the records', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), records => {
        // given
        const { lines, records: items, targets } = rated(records);
        // then allowances: what records drew
        for (const line of lines) {
          for (const [id, kind] of [
            ['minutes', 'voice'],
            ['data', 'data'],
          ] as const) {
            const drawn = items.filter(item => item.line === line.line && item.record.facts.kind === kind);
            const used = line.allowances.find(allowance => allowance.id === id)?.used;
            expect(used).toBe(drawn.reduce((sum, item) => sum + item.covered, 0));
          }
        }
        // charges: what records were priced
        for (const { line, charges } of lines) {
          for (const charge of charges) {
            const priced = items.filter(item => item.line === line && item.charge === charge.id && item.priced > 0);
            expect(charge.records).toBe(priced.length);
            expect(charge.units).toBe(BigInt(priced.reduce((sum, item) => sum + item.priced, 0)));
            if (charge.quantity === null) {
              expect(charge.amount).toEqual(
                fromMicros(
                  priced.reduce((sum, item) => sum + (item.amount ?? 0n), 0n),
                  'EUR',
                ),
              );
            }
          }
        }
        // targets: the sums of the charges
        const all = lines.flatMap(line => line.charges);
        for (const [key, target] of targets) {
          const ofKey = all.filter(charge => charge.key === key);
          expect(target).toBe(ofKey.reduce((sum, charge) => sum + (charge.quantity ?? charge.amount.digits), 0n));
        }
        // data of both lines is rounded up together: steps of 100 MB
        const data = all.filter(charge => charge.id === 'data');
        const units = data.reduce((sum, charge) => sum + charge.units, 0n);
        expect(data.reduce((sum, charge) => sum + (charge.quantity ?? 0n), 0n)).toBe(
          (units + 99_999_999n) / 100_000_000n,
        );
      }),
    );
  });

  it('is the same without itemisation', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), records => {
        const plain = rate({ account: ACCOUNT, period: NOVEMBER, records, catalogs: [CATALOG] });
        expect(plain).toEqual({ ...rated(records), records: [] });
      }),
    );
  });

  it('of one more record never takes anything from an earlier one', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), records => {
        // given a call after all others
        const last = aRecord({ source: 'z', startedAt: NOVEMBER.end - 1, units: 100 });
        // when
        const [before, after] = [rated(records).records, rated([...records, last]).records];
        // then
        expect(after.slice(0, before.length)).toEqual(before);
      }),
    );
  });
});
