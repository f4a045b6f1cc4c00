import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { rate } from '#shared/rating/rate.ts';
import type { UsageFacts } from '#shared/usage/pages/facts.ts';
import { aCatalog, aPlan, catalogFiles, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, NOVEMBER } from '#test/builders/rating.ts';

const SECTIONS = {
  zones: { eu: { countries: ['DE'] }, world: { rest: 'true' } },
  destinations: { domestic: ['46'], eu: ['49'] },
  tables: { voice: 'voice.csv' },
};
const TABLE = { 'voice.csv': rateTable(['* * 0 EUR 0 0.60 60 -']) };

/** As the roaming regulation has it: at home to the home country, and from and to the union. */
const ROAM_LIKE_AT_HOME = [
  { from: ['home'], to: ['domestic'] },
  { from: ['eu'], to: ['domestic', 'eu'] },
];

function outcomeOf(plan: object, call: Partial<UsageFacts>) {
  const catalog = aCatalog({ ...SECTIONS, plans: [aPlan({ fee: { EUR: '10.00' }, ...plan })] }, TABLE);
  const records = [aRecord({ units: 60, ...call })];
  const period = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs: [catalog], itemised: true });
  const [record] = period.records;
  return [record?.charge, record?.covered, record?.priced];
}

describe('Pairs of from and to', () => {
  // 26201 is in Germany, 310260 in the USA.
  it.each([
    ['home → domestic', undefined, '+46812345678', 'inland'],
    ['home → eu', undefined, '+4915112345', 'rest'],
    ['eu → eu', '26201', '+4915112345', 'inland'],
    ['eu → domestic', '26201', '+46812345678', 'inland'],
    ['eu → elsewhere', '26201', '+12025550123', 'rest'],
    ['world → domestic', '310260', '+46812345678', 'rest'],
  ])('of a charge match together: %s', (_, network, peer, charge) => {
    const charges = [
      { id: 'inland', kind: 'voice', match: ROAM_LIKE_AT_HOME, price: { EUR: '0.01' } },
      { id: 'rest', kind: 'voice', table: 'voice' },
    ];
    expect(outcomeOf({ charges }, { network, peer })).toEqual([charge, 0, 60]);
  });

  it.each([
    ['home → domestic', undefined, '+46812345678', 60],
    ['home → eu', undefined, '+4915112345', 0],
    ['eu → eu', '26201', '+4915112345', 60],
    ['world → eu', '310260', '+4915112345', 0],
  ])('of an allowance match together: %s', (_, network, peer, covered) => {
    const allowances = [{ id: 'minutes', kind: 'voice', amount: '100 min', match: ROAM_LIKE_AT_HOME }];
    const charges = [{ id: 'rest', kind: 'voice', table: 'voice' }];
    expect(outcomeOf({ allowances, charges }, { network, peer })).toEqual(['rest', covered, 60 - covered]);
  });

  it('may have only one of the two, and stand beside a band', () => {
    const charges = [
      { id: 'home', kind: 'voice', match: [{ from: ['home'] }], price: { EUR: '0.01' } },
      { id: 'to-eu', kind: 'voice', match: [{ to: ['eu'] }], price: { EUR: '0.01' } },
      { id: 'rest', kind: 'voice', table: 'voice' },
    ];
    expect(outcomeOf({ charges }, { peer: '+12025550123' })).toEqual(['home', 0, 60]);
    expect(outcomeOf({ charges }, { network: '310260', peer: '+4915112345' })).toEqual(['to-eu', 0, 60]);
    expect(outcomeOf({ charges }, { network: '310260', peer: '+46812345678' })).toEqual(['rest', 0, 60]);
  });

  it('make a roaming charge where each is from abroad', () => {
    const sections = (match: readonly object[]) => {
      const charges = [
        { id: 'pairs', kind: 'sms', match, price: { EUR: '0.10' } },
        { id: 'rest', kind: 'sms', price: { EUR: '0.10' } },
      ];
      const catalog = aCatalog({ ...SECTIONS, plans: [aPlan({ fee: { EUR: '10.00' }, charges })] }, TABLE);
      return catalog.plans[0]?.charges[0]?.section;
    };
    expect(sections([{ from: ['eu'], to: ['domestic'] }, { from: ['world'] }])).toBe('roaming');
    expect(sections([{ from: ['eu'] }, { from: ['home'] }])).toBe('calls');
    expect(sections([{ from: ['eu'] }, { to: ['eu'] }])).toBe('calls');
  });

  function problemsOf(charge: object) {
    const charges = [
      { id: 'sms', kind: 'sms', price: { EUR: '0.10' }, ...charge },
      { id: 'rest', kind: 'sms', price: { EUR: '0.10' } },
    ];
    const files = catalogFiles({ ...SECTIONS, plans: [aPlan({ fee: { EUR: '10.00' }, charges })] }, TABLE);
    return compileCatalog(files).problems.map(({ code, reason }) => `${code}: ${reason}`);
  }

  it('are told where they name what is not there, or stand beside from and to', () => {
    expect(problemsOf({ match: [{ from: ['eu'], to: ['europe'] }] })).toEqual([
      'unknown-reference: there is no destination "europe"',
    ]);
    expect(problemsOf({ match: [{ from: ['moon'] }] })).toEqual(['unknown-reference: there is no zone "moon"']);
    expect(problemsOf({ from: ['eu'], match: [{ to: ['eu'] }] })).toEqual([
      'misplaced-value: match goes without from and to',
    ]);
    expect(problemsOf({ match: [] })).toEqual([]);
  });

  it('leave a gap where no charge takes the rest', () => {
    const charges = [{ id: 'sms', kind: 'sms', match: ROAM_LIKE_AT_HOME, price: { EUR: '0.10' } }];
    const files = catalogFiles({ ...SECTIONS, plans: [aPlan({ fee: { EUR: '10.00' }, charges })] }, TABLE);
    expect(compileCatalog(files).problems.map(({ reason }) => reason)).toEqual([
      'plan "basic" has no charge for outgoing sms from home to eu outside every band',
    ]);
  });
});
