import { describe, expect, it } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { aCatalog, aPlan } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const SMS = { kind: 'sms', units: 1 };
const CATALOG = aCatalog({ plans: [aPlan({ fee: { EUR: '10.00' } })] });

function rated(records: readonly KeptRecord[], account = aRatedAccount()) {
  return rate({ account, period: NOVEMBER, records, catalogs: [CATALOG], itemised: true });
}

function outcomes(records: readonly KeptRecord[], account = aRatedAccount()): string[] {
  return rated(records, account).records.map(({ line, state, reason }) => `${line} ${state} ${reason}`);
}

describe('Which line a record belongs to', () => {
  const moved = aRatedAccount({
    lines: [
      aRatedLine({
        names: [{ name: '+46700000001', from: at('2026-01-01T00:00:00Z'), until: at('2026-11-10T00:00:00Z') }],
      }),
      aRatedLine({ line: 'line-2', names: [{ name: '+46700000001', from: at('2026-11-12T00:00:00Z') }] }),
    ],
  });

  it.each([
    ['2026-11-09T23:59:59.999Z', ['line-1 open charged']],
    ['2026-11-10T00:00:00Z', []], // nobody's here: somebody else may own it
    ['2026-11-12T00:00:00Z', ['line-2 open charged']],
  ])('follows from who owned its name at %s', (time, expected) => {
    expect(outcomes([aRecord({ ...SMS, startedAt: at(time) })], moved)).toEqual(expected);
  });

  it('needs a plan at that time: before the start and after the end the line is not active', () => {
    // given a line from the 5th to the 20th that had its number all along
    const plans = [{ plan: 'basic', from: at('2026-11-05T00:00:00Z'), until: at('2026-11-20T00:00:00Z') }];
    const account = aRatedAccount({ lines: [aRatedLine({ plans })] });
    const times = ['2026-11-04T23:59:59Z', '2026-11-05T00:00:00Z', '2026-11-19T23:59:59Z', '2026-11-20T00:00:00Z'];
    // then start included, end excluded
    expect(
      outcomes(
        times.map(time => aRecord({ ...SMS, startedAt: at(time) })),
        account,
      ),
    ).toEqual([
      'line-1 quarantined line-not-active',
      'line-1 open charged',
      'line-1 open charged',
      'line-1 quarantined line-not-active',
    ]);
  });
});

describe('A line', () => {
  it('that ended when the period began, or begins when it ends, is not part of it', () => {
    const ended = { plan: 'basic', from: at('2026-01-01T00:00:00Z'), until: NOVEMBER.start };
    const next = { plan: 'basic', from: NOVEMBER.end };
    expect(rated([], aRatedAccount({ lines: [aRatedLine({ plans: [ended, next] })] })).lines).toEqual([]);
  });
});

describe('A record', () => {
  it('belongs to the period that holds its start: start included, end excluded', () => {
    const times = [
      '2026-10-31T23:59:59.999Z',
      '2026-11-01T00:00:00Z',
      '2026-11-30T23:59:59.999Z',
      '2026-12-01T00:00:00Z',
    ];
    const { records } = rated(times.map(time => aRecord({ ...SMS, startedAt: at(time) })));
    expect(records.map(item => item.record.facts.startedAt)).toEqual([at(times[1] ?? ''), at(times[2] ?? '')]);
  });

  it('that no charge matches is unrated, incoming it is free', () => {
    expect(outcomes([aRecord({ kind: 'voice' }), aRecord({ kind: 'voice', direction: 'in' })])).toEqual([
      'line-1 quarantined unrated',
      'line-1 free incoming',
    ]);
  });

  it('that is part of a session is set aside, because parts are not put together yet', () => {
    expect(outcomes([aRecord({ ...SMS, session: 's', sequence: 1 })])).toEqual([
      'line-1 quarantined not-yet-supported',
    ]);
  });

  it('that is voided counts for nothing', () => {
    const { records, targets } = rated([aRecord(SMS, { voided: true })]);
    expect(records[0]).toMatchObject({ state: 'voided', reason: 'voided', priced: 0, amount: null });
    expect(targets.size).toBe(0);
  });

  it("on a plan that is not sold in the account's currency is unrated", () => {
    expect(outcomes([aRecord(SMS)], aRatedAccount({ currency: 'SEK' }))).toEqual(['line-1 quarantined unrated']);
  });
});

describe('What a record was called to', () => {
  const toSweden = { id: 'sweden', kind: 'sms', to: ['domestic'], price: { EUR: '0' } };
  const rest = { id: 'rest', kind: 'sms', price: { EUR: '0.10' } };
  const plan = aPlan({ fee: { EUR: '10.00' }, charges: [toSweden, rest] });
  const catalogs = [aCatalog({ destinations: { domestic: ['46'] }, plans: [plan] })];
  const records = ['+46812345678', '+33123456789'].map(peer => aRecord({ ...SMS, peer }));

  it('is named by the catalog, or by nothing', () => {
    const items = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs, itemised: true }).records;
    expect(items.map(({ charge, destination, state }) => `${charge} ${destination} ${state}`)).toEqual([
      'sweden domestic free',
      'rest null open',
    ]);
  });

  it('decides the charge also where records are not listed, and what is free is no target', () => {
    const { records: listed, lines, targets } = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs });
    expect(listed).toEqual([]);
    expect(lines[0]?.charges.map(({ id, quantity }) => `${id} ${quantity}`)).toEqual(['sweden 1', 'rest 1']);
    expect([...targets.values()]).toEqual([1n]);
  });
});

describe('Records of the same moment', () => {
  it('draw on allowances by source, then by id', () => {
    // given an allowance of two texts, and three of the same millisecond
    const plan = aPlan({ fee: { EUR: '10.00' }, allowances: [{ id: 'texts', kind: 'sms', amount: '2' }] });
    const names = [
      ['b', '1'],
      ['a', '3'],
      ['a', '2'],
    ] as const;
    const records = names.map(([source, id]) => aRecord({ ...SMS, source, id }));
    // when
    const catalogs = [aCatalog({ plans: [plan] })];
    const items = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs, itemised: true }).records;
    // then
    expect(items.map(({ record: { facts }, state }) => `${facts.source}/${facts.id} ${state}`)).toEqual([
      'a/2 covered',
      'a/3 covered',
      'b/1 open',
    ]);
  });
});

describe('Of two records of one identity with other facts', () => {
  const first = aRecord({ ...SMS, id: 'x' }, { acceptedSeconds: 100, page: '2026-11-02T12:00#sms' });
  const later = aRecord(
    { ...SMS, id: 'x', startedAt: at('2026-11-03T09:00:00Z') },
    { acceptedSeconds: 101, page: '2026-11-03T09:00#sms' },
  );

  it('the earliest accepted counts, whatever was read first', () => {
    for (const records of [
      [first, later],
      [later, first],
    ]) {
      expect(outcomes(records)).toEqual(['line-1 open charged', 'line-1 quarantined conflict']);
      const nothing = { charge: null, destination: null, billed: 0, covered: 0, priced: 0, amount: null };
      expect(rated(records).records[1]).toMatchObject(nothing);
    }
  });

  it('accepted in the same second, the one on the smaller page counts', () => {
    const same = { ...later, acceptedSeconds: 100 };
    for (const records of [
      [first, same],
      [same, first],
    ]) {
      expect(outcomes(records)).toEqual(['line-1 open charged', 'line-1 quarantined conflict']);
    }
  });

  it('the later one may be voided and is not a conflict then', () => {
    expect(outcomes([first, { ...later, voided: true }])).toEqual(['line-1 open charged', 'line-1 voided voided']);
  });

  it('both count when they come from two sources', () => {
    const other = aRecord({ ...SMS, id: 'x', source: 'other' });
    expect(rated([first, other]).lines[0]?.charges[0]).toMatchObject({ records: 2, quantity: 2n });
  });
});
