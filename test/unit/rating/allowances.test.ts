import { describe, expect, it } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import type { UsageFacts } from '#shared/usage/pages/facts.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const TABLE = {
  'voice.csv': rateTable([
    // set-up 0.05, 0.06 a minute = 0.001 a second; 0.03 a minute after ten minutes
    '46 * 0 EUR 0.05 0.06 60 -',
    '46 * 600 EUR - 0.03 60 -',
    '800 * 0 EUR 0 0 60 -',
    '* * 0 EUR 0.10 0.60 60 -',
  ]),
};

const SECTIONS = {
  zones: { eu: { countries: ['DE'] }, world: { rest: 'true' } },
  destinations: { domestic: ['46'], eu: ['49'] },
  tables: { voice: 'voice.csv' },
};

function catalogWith(allowances: readonly object[], charge: object = {}) {
  const voice = { id: 'voice', kind: 'voice', table: 'voice', increments: '60/1', ...charge };
  const incoming = { id: 'collect', kind: 'voice', direction: 'in', table: 'voice' };
  const plan = aPlan({ fee: { EUR: '10.00' }, allowances, charges: [voice, incoming] });
  return aCatalog({ ...SECTIONS, plans: [plan] }, TABLE);
}

const MINUTES = { id: 'minutes', kind: 'voice', amount: '10 min', from: ['home', 'eu'], to: ['domestic', 'eu'] };

function rated(catalog: ReturnType<typeof aCatalog>, calls: readonly Partial<UsageFacts>[]) {
  const records = calls.map((call, index) =>
    aRecord({ startedAt: at('2026-11-02T12:00:00Z') + index * 60_000, ...call }),
  );
  const period = rate({ account: aRatedAccount(), period: NOVEMBER, records, catalogs: [catalog], itemised: true });
  const [line] = period.lines;
  const items = period.records.map(({ state, reason, covered, priced, amount }) => ({
    state,
    reason,
    covered,
    priced,
    amount,
  }));
  return { items, allowances: line?.allowances ?? [], charges: line?.charges ?? [] };
}

describe('Allowances', () => {
  it("are drawn on billed units until they are used up; the drawn units are the record's first", () => {
    // when: 5 s bill 60, 300 s bill 300, 400 s bill 400
    const { items, allowances } = rated(catalogWith([MINUTES]), [{ units: 5 }, { units: 300 }, { units: 400 }]);
    // then 600 - 60 - 300 = 240 remain for the third: 160 are priced, 50 000 + 160 × 1 000 micros
    expect(items).toEqual([
      { state: 'covered', reason: 'allowance', covered: 60, priced: 0, amount: 0n },
      { state: 'covered', reason: 'allowance', covered: 300, priced: 0, amount: 0n },
      { state: 'open', reason: 'partly-covered', covered: 240, priced: 160, amount: 210_000n },
    ]);
    expect(allowances).toEqual([{ id: 'minutes', unit: 's', included: 600, rolledOver: 0, used: 600, remaining: 0 }]);
  });

  it('that are unlimited cover everything that matches, and tell what was used', () => {
    const free = { id: 'talk', kind: 'voice', amount: 'unlimited', to: ['domestic'] };
    // when: 5 s bill 60, 700 s bill 700, and a call to France is not in `to`
    const { items, allowances, charges } = rated(catalogWith([free, MINUTES]), [
      { units: 5 },
      { units: 700 },
      { units: 1_000_000 },
      { units: 60, peer: '+33123456789' },
    ]);
    // then 60 + 700 + 1 000 000 are covered; 0.10 + 0.60 to France are 700 000 micros
    expect(items.map(({ state, covered, amount }) => [state, covered, amount])).toEqual([
      ['covered', 60, 0n],
      ['covered', 700, 0n],
      ['covered', 1_000_000, 0n],
      ['open', 0, 7_000n * 100n],
    ]);
    expect(allowances).toEqual([
      { id: 'talk', unit: 's', included: null, rolledOver: 0, used: 1_000_760, remaining: null },
      { id: 'minutes', unit: 's', included: 600, rolledOver: 0, used: 0, remaining: 600 },
    ]);
    expect(charges).toMatchObject([{ id: 'voice', records: 1, units: 60n }]);
  });

  it('that are unlimited are whole from any start', () => {
    const data = { id: 'data', kind: 'voice', amount: 'unlimited' };
    const line = aRatedLine({ plans: [{ plan: 'basic', from: at('2026-11-16T12:00:00Z') }] });
    const records = [aRecord({ startedAt: at('2026-11-17T12:00:00Z'), units: 3_600 })];

    const { lines } = rate({
      account: aRatedAccount({ lines: [line] }),
      period: NOVEMBER,
      records,
      catalogs: [catalogWith([data])],
    });

    expect(lines[0]?.allowances).toMatchObject([{ included: null, used: 3_600, remaining: null }]);
  });

  it('leave the rest its place for "after"', () => {
    // when: 540 s use most of it; then a call of 700 s
    const { items } = rated(catalogWith([MINUTES]), [{ units: 540 }, { units: 700 }]);
    // then 60 are covered; 60 to 600 at 1 000, 600 to 700 at 500: 50 000 + 540 000 + 50 000
    expect(items[1]).toEqual({ state: 'open', reason: 'partly-covered', covered: 60, priced: 640, amount: 640_000n });
  });

  it('match like charges: by zone and destination', () => {
    const { items } = rated(catalogWith([MINUTES]), [
      { units: 60, network: '26201' }, // from Germany to Sweden
      { units: 60, network: '31026' }, // from the United States
      { units: 60, peer: '+4915112345' }, // to Germany
      { units: 60, peer: '+33123456789' }, // to France, which is not in `to`
      { units: 60, peer: '+46812345678', direction: 'in' }, // an allowance is for outgoing calls unless it says otherwise
    ]);
    expect(items.map(item => item.covered)).toEqual([60, 0, 60, 0, 0]);
  });

  it('are drawn in the order in which the plan lists them', () => {
    // given
    const weekend = { id: 'abroad', kind: 'voice', amount: '1 min', from: ['eu'] };
    // when the first call comes from abroad, the second from home, the third from abroad again
    const { allowances, items } = rated(catalogWith([weekend, MINUTES]), [
      { units: 90, network: '26201' },
      { units: 100 },
      { units: 60, network: '26201' },
    ]);
    // then 60 of the first are "abroad", 30 "minutes"; the others are "minutes"
    expect(allowances.map(({ id, used }) => [id, used])).toEqual([
      ['abroad', 60],
      ['minutes', 190],
    ]);
    expect(items.every(item => item.state === 'covered')).toBe(true);
  });

  it.each<[string, Partial<UsageFacts>, string, string]>([
    ['unanswered', { units: 0 }, 'free', 'unanswered'],
    ['priced by an all-zero row', { units: 60, peer: '+800123' }, 'free', 'zero-price'],
    ['incoming without a charge', { kind: 'sms', direction: 'in', units: 1 }, 'free', 'incoming'],
  ])('are not drawn for a record that is %s', (_, call, state, reason) => {
    const everything = [{ id: 'minutes', kind: 'voice', amount: '10 min' }];
    const { items, allowances } = rated(catalogWith(everything), [call]);
    expect(items[0]).toMatchObject({ state, reason, covered: 0, amount: 0n });
    expect(allowances[0]?.used).toBe(0);
  });

  it('are not drawn for an all-zero price', () => {
    // given
    const plan = aPlan({
      allowances: [{ id: 'texts', kind: 'sms', amount: '10' }],
      charges: [
        { id: 'friends', kind: 'sms', to: ['domestic'], price: { EUR: '0', SEK: '0' } },
        { id: 'sms', kind: 'sms', price: { EUR: '0.10', SEK: '1.00' } },
      ],
    });
    // when
    const { items, allowances, charges } = rated(aCatalog({ ...SECTIONS, plans: [plan] }, TABLE), [
      { kind: 'sms', units: 1 },
      { kind: 'sms', units: 1, peer: '+33123456789' },
    ]);
    // then only the second one draws
    expect(items.map(item => item.state)).toEqual(['free', 'covered']);
    expect(allowances[0]?.used).toBe(1);
    expect(charges.map(({ id, key, quantity }) => ({ id, key, quantity }))).toEqual([
      { id: 'friends', key: null, quantity: 1n },
    ]);
  });

  it('for incoming records say so', () => {
    const both = [{ ...MINUTES, direction: 'in', to: ['domestic'] }];
    const { items } = rated(catalogWith(both), [{ units: 60, direction: 'in' }, { units: 60 }]);
    expect(items.map(item => item.covered)).toEqual([60, 0]);
  });

  it('are prorated by time at a start inside the period, up to a whole unit', () => {
    // given a line that starts on 11 November at 08:00: 19 d 16 h = 472 of 720 hours remain
    const from = at('2026-11-11T08:00:00Z');
    const account = aRatedAccount({ lines: [aRatedLine({ plans: [{ plan: 'basic', from }] })] });
    const full = { id: 'all', kind: 'voice', amount: '10 min', prorate: 'none' };
    const one = { id: 'one', kind: 'voice', amount: '1 s' };
    // when
    const { lines } = rate({ account, period: NOVEMBER, records: [], catalogs: [catalogWith([MINUTES, full, one])] });
    // then 600 × 472 / 720 = 393.33 → 394; 472 / 720 → 1
    expect(lines[0]?.allowances.map(allowance => allowance.included)).toEqual([394, 600, 1]);
  });
});
