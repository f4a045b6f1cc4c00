import { describe, expect, it } from 'vitest';
import { printDecimal } from '#shared/money/decimal.ts';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

interface Terms {
  readonly from: string;
  readonly fee?: string;
  readonly minutes?: string;
  readonly sms?: string;
  /** Per minute. */
  readonly voice?: string;
  readonly plan?: string;
}

function version({ from, fee = '10', minutes = '1 min', sms = '0.10', voice = '0.60', plan = 'basic' }: Terms) {
  const charges = [
    { id: 'sms', kind: 'sms', price: { EUR: sms } },
    { id: 'voice', kind: 'voice', table: 'voice' },
  ];
  const allowances = [{ id: 'minutes', kind: 'voice', amount: minutes }];
  const plans = [aPlan({ id: plan, fee: { EUR: fee }, allowances, charges })];
  const tables = { 'voice.csv': rateTable([`* * 0 EUR 0 ${voice} 60 -`]) };
  return aCatalog({ effectiveFrom: from, plans, tables: { voice: 'voice.csv' } }, tables);
}

const call = (time: string) => aRecord({ startedAt: at(time), units: 60 });

describe('When prices change inside a period', () => {
  const catalogs = [
    version({ from: '2026-01-01T00:00:00Z' }),
    version({ from: '2026-11-16T00:00:00Z', fee: '20', minutes: '2 min', sms: '0.20', voice: '1.20' }),
  ];

  it('tables change at startedAt; the fee, allowances and unit prices at the next period', () => {
    // given a minute of the allowance, then a call before and a call at the change
    const calls = ['2026-11-02T12:00:00Z', '2026-11-15T23:59:59Z', '2026-11-16T00:00:00Z'].map(call);
    const texts = [aRecord({ kind: 'sms', units: 1, startedAt: at('2026-11-20T00:00:00Z') })];
    // when
    const { lines } = rate({ account: aRatedAccount(), period: NOVEMBER, records: [...calls, ...texts], catalogs });
    // then 0.60 + 1.20 for calls; a text still costs 0.10
    const [line] = lines;
    expect(line && printDecimal(line.fee)).toBe('10');
    expect(line?.allowances[0]?.included).toBe(60);
    expect(line?.charges.map(({ id, amount }) => [id, printDecimal(amount, 2)])).toEqual([
      ['sms', '0.10'],
      ['voice', '1.80'],
    ]);
  });

  it('a line that starts after the change has the new terms, its allowance prorated', () => {
    // given the 16th to the 30th: 15 of 30 days
    const plans = [{ plan: 'basic', from: at('2026-11-16T00:00:00Z') }];
    const account = aRatedAccount({ lines: [aRatedLine({ plans })] });
    // when
    const { lines } = rate({ account, period: NOVEMBER, records: [], catalogs });
    // then half of 120 s, and half of 20.00
    expect(lines[0]?.allowances[0]?.included).toBe(60);
    expect(lines[0] && printDecimal(lines[0].fee)).toBe('10');
  });

  it('a fee is prorated half up to the minor unit', () => {
    // given a start at 2026-11-21T00:00:00Z: 10 of 30 days; 20.00 / 3 = 6.666...
    const plans = [{ plan: 'basic', from: at('2026-11-21T00:00:00Z') }];
    const { lines } = rate({
      account: aRatedAccount({ lines: [aRatedLine({ plans })] }),
      period: NOVEMBER,
      records: [],
      catalogs,
    });
    expect(lines[0] && printDecimal(lines[0].fee)).toBe('6.67');
  });

  it('the keys of what did not change stay', () => {
    const renamed = [
      version({ from: '2026-01-01T00:00:00Z' }),
      version({ from: '2026-10-01T00:00:00Z', voice: '1.20' }),
    ];
    const texts = [aRecord({ kind: 'sms', units: 1 })];
    const [before, after] = [renamed.slice(0, 1), renamed].map(
      versions => rate({ account: aRatedAccount(), period: NOVEMBER, records: texts, catalogs: versions }).targets,
    );
    expect(after).toEqual(before);
  });
});

describe('What a newer version no longer has', () => {
  it('stays in force for the lines that are on it', () => {
    const catalogs = [
      version({ from: '2026-01-01T00:00:00Z' }),
      version({ from: '2026-06-01T00:00:00Z', plan: 'other' }),
    ];
    const { lines } = rate({
      account: aRatedAccount(),
      period: NOVEMBER,
      records: [aRecord({ kind: 'sms', units: 1 })],
      catalogs,
    });
    expect(lines[0]?.charges.map(charge => charge.id)).toEqual(['sms']);
  });
});

describe('A table that a newer version no longer has', () => {
  it('prices on', () => {
    // given a version without tables
    const without = aCatalog({ effectiveFrom: '2026-06-01T00:00:00Z', plans: [aPlan({ id: 'other' })] });
    // when a minute of the allowance and another one
    const records = ['2026-11-02T12:00:00Z', '2026-11-02T13:00:00Z'].map(call);
    const catalogs = [version({ from: '2026-01-01T00:00:00Z' }), without];
    const { lines } = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs });
    // then the second one costs 0.60
    expect(lines[0]?.charges.map(({ amount }) => printDecimal(amount, 2))).toEqual(['0.60']);
  });
});

describe('A table that is no longer sold in the currency of the account', () => {
  it('leaves records unrated', () => {
    // given a version in which plan and table are sold in SEK alone
    const voice = { id: 'voice', kind: 'voice', table: 'voice' };
    const swedish = aCatalog(
      {
        effectiveFrom: '2026-11-16T00:00:00Z',
        plans: [aPlan({ fee: { SEK: '100.00' }, charges: [voice] })],
        tables: { voice: 'voice.csv' },
      },
      { 'voice.csv': rateTable(['* * 0 SEK 0 6.00 60 -']) },
    );
    // when two minutes before, of which the allowance covers one, and one after it
    const records = ['2026-11-02T12:00:00Z', '2026-11-03T12:00:00Z', '2026-11-16T00:00:00Z'].map(call);
    const catalogs = [version({ from: '2026-01-01T00:00:00Z' }), swedish];
    const rated = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs, itemised: true });
    expect(rated.records.map(({ state, reason, charge }) => `${state} ${reason} ${charge}`)).toEqual([
      'covered allowance voice',
      'open charged voice',
      'quarantined unrated voice',
    ]);
  });
});

describe('Before the first version', () => {
  it('records are unrated, later ones are not', () => {
    const early = aRecord({ kind: 'sms', units: 1, startedAt: at('2026-11-09T00:00:00Z') });
    const records = [early, ...['2026-11-09T23:59:59Z', '2026-11-10T00:00:00Z'].map(call)];
    const catalogs = [version({ from: '2026-11-10T00:00:00Z' })];
    const rated = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs, itemised: true });
    expect(rated.records.map(({ state, reason }) => `${state} ${reason}`)).toEqual([
      'quarantined unrated',
      'quarantined unrated',
      'covered allowance',
    ]);
  });
});
