import { describe, expect, test } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import { RatesUsed } from '#shared/rating/rates-used.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const plan = aPlan({
  fee: { EUR: '10.00' },
  allowances: [{ id: 'minutes', kind: 'voice', amount: '60 s' }],
  charges: [
    { id: 'voice', kind: 'voice', table: 'voice' },
    { id: 'sms', kind: 'sms', price: { EUR: '0.10' } },
  ],
});
const sections = {
  plans: [plan],
  tables: { voice: 'voice.csv' },
  bands: { peak: { days: ['mon'], from: '08:00', to: '20:00' } },
};
const rows = (mobile: string) =>
  rateTable([
    ...['* * 0 EUR - 0.50 60 60/60', `31 * 0 EUR 0.05 ${mobile} 60 -`, '31 * 600 EUR - 0.10 60 -'],
    '31 peak 0 EUR - 0.30 60 -',
  ]);
const NOVEMBER_16 = '2026-11-16T00:00:00Z';
const catalogs = [
  aCatalog(sections, { 'voice.csv': rows('0.20') }),
  aCatalog({ ...sections, effectiveFrom: NOVEMBER_16 }, { 'voice.csv': rows('0.25') }),
];

function used(...records: readonly KeptRecord[]) {
  const account = aRatedAccount();
  const rates = new RatesUsed(account, NOVEMBER, catalogs);
  const { records: rated } = rate({ account, period: NOVEMBER, records, catalogs, itemised: true });
  for (const record of rated) rates.take(record);
  return rates.rates();
}

const since = at('2026-01-01T00:00:00Z');
const DUTCH = '+31612345678';
/** Sundays, so that no band is. */
const SUNDAY_1 = at('2026-11-01T12:00:00Z');
const SUNDAY_22 = at('2026-11-22T12:00:00Z');

describe('the rates that a bill was worked out by', () => {
  test('are the rows that priced records, with how many and how much', () => {
    const rates = used(
      // The allowance takes the first of it, half of the second, and the message has a price of its own.
      aRecord({ peer: DUTCH, startedAt: SUNDAY_1, units: 30 }),
      aRecord({ peer: DUTCH, startedAt: SUNDAY_1 + 60_000, units: 60 }),
      aRecord({ peer: DUTCH, startedAt: SUNDAY_1 + 120_000, units: 90 }),
      aRecord({ kind: 'sms', units: 1 }),
      aRecord({ peer: '112', startedAt: SUNDAY_1 + 180_000, units: 61 }),
    );

    expect(rates).toEqual([
      {
        table: 'voice',
        since,
        prefix: '*',
        destination: '*',
        band: '*',
        setup: '0',
        increments: { first: 60, next: 60 },
        steps: [{ after: 0, price: '0.5', per: 60 }],
        records: 1,
        // 61 s by started minutes
        units: 120,
      },
      {
        table: 'voice',
        since,
        prefix: '31',
        destination: '31',
        band: '*',
        setup: '0.05',
        increments: null,
        steps: [
          { after: 0, price: '0.2', per: 60 },
          { after: 600, price: '0.1', per: 60 },
        ],
        records: 2,
        // 30 + 90
        units: 120,
      },
    ]);
  });

  test('are told apart by band and by the version of the catalog in force', () => {
    const rates = used(
      aRecord({ peer: DUTCH, startedAt: SUNDAY_1, units: 60 }),
      aRecord({ peer: DUTCH, startedAt: at('2026-11-02T12:00:00Z'), units: 10 }),
      aRecord({ peer: DUTCH, startedAt: SUNDAY_22, units: 20 }),
    );

    expect(rates.map(({ since, band, steps, units }) => [since, band, steps[0]?.price, units])).toEqual([
      [since, 'peak', '0.3', 10],
      [at(NOVEMBER_16), '*', '0.25', 20],
    ]);
  });

  test('are none where nothing was priced by a table', () => {
    expect(used(aRecord({ kind: 'sms', units: 1 }))).toEqual([]);
  });
});
