import { describe, expect, it } from 'vitest';
import { mustHave } from '#shared/platform/must-have.ts';
import { rate } from '#shared/rating/rate.ts';
import { RecordTerms } from '#shared/rating/record-terms.ts';
import { recordView } from '#shared/rating/record-view.ts';
import { usageView } from '#shared/rating/usage-view.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

/** The example of contract section 8: 159 fee, three GB begun at 99.00, calls for 0.73. */
function exampleCatalog() {
  return aCatalog(
    {
      tables: { voice: 'voice.csv' },
      plans: [
        aPlan({
          id: 'basic',
          fee: { SEK: '159.00' },
          allowances: [{ id: 'minutes', kind: 'voice', amount: '100 min', to: ['domestic'] }],
          charges: [
            { id: 'voice', kind: 'voice', table: 'voice' },
            { id: 'data-extra', kind: 'data', price: { SEK: '99.00' }, per: '1 GB', step: '1 GB' },
          ],
        }),
      ],
      destinations: { domestic: ['46'] },
    },
    { 'voice.csv': rateTable(['* * 0 SEK 0 0.12 60 -']) },
  );
}

function contractExample() {
  const catalog = exampleCatalog();
  const calls = [
    { units: 305 }, // covered
    ...[100, 100, 100, 67].map(units => ({ units, peer: '+33123456789' })), // 367 s
  ].map((facts, index) =>
    aRecord({
      ...facts,
      id: `call-${index}`,
      startedAt: at('2026-11-02T12:00:00Z') + index,
      cost: { amount: '0.05', currency: 'EUR' },
    }),
  );
  const sessions = Array.from({ length: 9 }, (_, index) =>
    aRecord({ kind: 'data', peer: undefined, id: `data-${index}`, units: index === 0 ? 800_000_000 : 200_000_000 }),
  );
  const account = aRatedAccount({ currency: 'SEK' });
  return rate({ account, period: NOVEMBER, records: [...calls, ...sessions], catalogs: [catalog], itemised: true });
}

describe('GET usage', () => {
  it("looks like the contract's example", () => {
    // 4 calls: 3 × 100 × 0.12 / 60 + 67 × 0.12 / 60 = 0.60 + 0.134 = 0.734; 159 + 297 + 0.734 = 456.734
    expect(usageView('acc-1', contractExample(), at('2026-11-20T00:00:00Z'))).toEqual({
      account: 'acc-1',
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
      ratedAt: '2026-11-20T00:00:00Z',
      lines: [
        {
          line: 'line-1',
          plan: 'basic',
          allowances: [{ id: 'minutes', unit: 's', included: 6000, rolledOver: 0, used: 305, remaining: 5695 }],
          charges: [
            { id: 'voice', records: 4, units: 367, quantity: null, amount: '0.734', currency: 'SEK' },
            { id: 'data-extra', records: 9, units: 2_400_000_000, quantity: 3, amount: '297.00', currency: 'SEK' },
          ],
        },
      ],
      pools: [],
      estimate: { subtotal: '456.734', currency: 'SEK' },
    });
  });
});

describe('GET records', () => {
  function viewOf(id: string, outcome?: Parameters<typeof recordView>[3]) {
    const rated = contractExample();
    const item = mustHave(
      rated.records.find(({ record }) => record.facts.id === id),
      id,
    );
    return recordView(item, rated.currency, new RecordTerms(rated, 'UTC', [exampleCatalog()]).of(item), outcome);
  }

  it('gives a priced call with its exact amount', () => {
    expect(viewOf('call-4')).toEqual({
      id: 'call-4',
      source: 'switch',
      line: 'line-1',
      kind: 'voice',
      direction: 'out',
      startedAt: '2026-11-02T12:00:00.004Z',
      peer: '+33123456789',
      destination: '*',
      network: null,
      units: { actual: 67, billed: 67, covered: 0, priced: 67 },
      charge: 'voice',
      zone: 'home',
      band: null,
      rate: {
        table: 'voice',
        since: '2026-01-01T00:00:00Z',
        prefix: '*',
        band: '*',
        setup: '0.00',
        steps: [{ after: 0, price: '0.12', per: 60 }],
        increments: '1/1',
      },
      amount: '0.134',
      currency: 'SEK',
      cost: { amount: '0.05', currency: 'EUR' },
      state: 'open',
      reason: 'charged',
      invoice: null,
    });
  });

  it('gives no amount where it belongs to the period, and the state that invoicing knows', () => {
    expect(viewOf('data-0', { state: 'billed', invoice: 'in_1' })).toMatchObject({
      amount: null,
      rate: { price: '99.00', per: 1_000_000_000, step: 1_000_000_000, increments: '1/1' },
      state: 'billed',
      invoice: 'in_1',
      units: { actual: 800_000_000, billed: 800_000_000, covered: 0, priced: 800_000_000 },
    });
  });

  it('says in which zone and band it was, and which row of the table counted', () => {
    // given
    const voice = { id: 'voice', kind: 'voice', table: 'voice', increments: '60/1' };
    const catalog = aCatalog(
      {
        zones: { eu: { countries: ['DE'] } },
        bands: { peak: { days: ['mon'], from: '08:00', to: '20:00' } },
        tables: { voice: 'voice.csv' },
        plans: [aPlan({ fee: { EUR: '10.00' }, charges: [voice] })],
      },
      {
        'voice.csv': rateTable([
          '46 * 0 EUR 0.05 0.06 60 -',
          '46 peak 0 EUR 0.05 0.12 60 30/6',
          '46 peak 600 EUR - 0.10 60 -',
          '* * 0 EUR 0 1 60 -',
        ]),
      },
    );
    const facts = [{ network: '26201' }, { startedAt: at('2026-11-03T12:00:00Z') }, { network: '310410' }];
    // when
    const rated = rate({
      account: aRatedAccount(),
      period: NOVEMBER,
      records: facts.map(each => aRecord(each)),
      catalogs: [catalog],
      itemised: true,
    });
    const terms = new RecordTerms(rated, 'UTC', [catalog]);
    const views = rated.records.map(record => recordView(record, 'EUR', terms.of(record)));
    // then: Monday noon from Germany; from the USA, which is in no zone; Tuesday from home
    const row = { table: 'voice', since: '2026-01-01T00:00:00Z', prefix: '46', setup: '0.05' };
    const peak = { ...row, band: 'peak', increments: '30/6' };
    const steps = [
      { after: 0, price: '0.12', per: 60 },
      { after: 600, price: '0.10', per: 60 },
    ];
    expect(views.map(({ zone, band, rate: applied }) => ({ zone, band, rate: applied }))).toEqual([
      { zone: 'eu', band: 'peak', rate: { ...peak, steps } },
      { zone: null, band: 'peak', rate: { ...peak, steps } },
      {
        zone: 'home',
        band: null,
        rate: { ...row, band: '*', increments: '60/1', steps: [{ after: 0, price: '0.06', per: 60 }] },
      },
    ]);
  });
});
