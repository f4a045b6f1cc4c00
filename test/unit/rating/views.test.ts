import { describe, expect, it } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import { recordView } from '#shared/rating/record-view.ts';
import { usageView } from '#shared/rating/usage-view.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

/** The example of contract section 8: 159 fee, three GB begun at 99.00, calls for 0.73. */
function contractExample() {
  const catalog = aCatalog(
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
  const calls = [
    { units: 305 }, // covered
    ...[100, 100, 100, 67].map(units => ({ units, peer: '+33123456789' })), // 367 s
  ].map((facts, index) => aRecord({ ...facts, id: `call-${index}`, startedAt: at('2026-11-02T12:00:00Z') + index }));
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
  it('gives a priced call with its exact amount', () => {
    const rated = contractExample();
    const item = rated.records.find(record => record.record.facts.id === 'call-4');
    expect(item && recordView(item, rated.currency)).toEqual({
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
      amount: '0.134',
      currency: 'SEK',
      state: 'open',
      reason: 'charged',
      invoice: null,
    });
  });

  it('gives no amount where it belongs to the period, and the state that invoicing knows', () => {
    const rated = contractExample();
    const item = rated.records.find(record => record.record.facts.id === 'data-0');
    expect(item && recordView(item, rated.currency, { state: 'billed', invoice: 'in_1' })).toMatchObject({
      amount: null,
      state: 'billed',
      invoice: 'in_1',
      units: { actual: 800_000_000, billed: 800_000_000, covered: 0, priced: 800_000_000 },
    });
  });
});
