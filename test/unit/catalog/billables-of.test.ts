import { describe, expect, it } from 'vitest';
import { allBillables, billablesOf } from '#shared/catalog/billables-of.ts';
import { type CatalogVersion, findPlan } from '#shared/catalog/catalog-version.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';

const VOICE = { 'voice.csv': rateTable(['* * 0 EUR 0 0.10 60 -', '* * 0 SEK 0 1.00 60 -']) };
const CHARGES = [
  { id: 'voice', kind: 'voice', table: 'voice', from: ['home'] },
  { id: 'voice-abroad', kind: 'voice', table: 'voice', from: ['world'] },
  { id: 'sms', kind: 'sms', price: { EUR: '0.10', SEK: '1.00' } },
  { id: 'data', kind: 'data', price: { EUR: '5.00', SEK: '49.00' }, per: '1 MB', step: '1 KB' },
];

function catalogWith(charges: readonly object[]): CatalogVersion {
  const zones = { world: { rest: 'true' } };
  return aCatalog({ zones, tables: { voice: 'voice.csv' }, plans: [aPlan({ charges })] }, VOICE);
}

function of(catalog: CatalogVersion, currency: string) {
  const plan = findPlan(catalog, 'basic');
  return plan === undefined ? [] : billablesOf(plan, currency);
}

describe('What a plan is billed by', () => {
  it('is its fee, one billable per price and one per section of its tables', () => {
    const billables = of(catalogWith(CHARGES), 'EUR');
    expect(
      billables.map(({ type, unitAmountMinor, key }) => [type, unitAmountMinor, key.replace(/:[0-9a-f]{8}$/, '')]),
    ).toEqual([
      ['fee', '1000', 'dunlin:basic:fee:EUR'],
      ['unit', '10', 'dunlin:basic:sms:EUR'],
      // 5.00 EUR per MB in steps of a KB: 500 / 1 000 = 0.5 cents
      ['unit', '0.5', 'dunlin:basic:data:EUR'],
      ['amount', '0.0001', 'dunlin:deployment:amount-calls:EUR:1'],
      ['amount', '0.0001', 'dunlin:deployment:amount-roaming:EUR:1'],
    ]);
  });

  it('keeps its key while its price stays', () => {
    // given
    const before = of(catalogWith(CHARGES), 'EUR');
    // when the data price changes and the text messages are renamed
    const after = of(
      catalogWith([
        ...CHARGES.slice(0, 2),
        { ...CHARGES[2], name: { en: 'Texts' }, price: { EUR: '0.100', SEK: '1.00' } },
        { ...CHARGES[3], price: { EUR: '6.00', SEK: '49.00' } },
      ]),
      'EUR',
    );
    // then
    const changed = after.filter((billable, index) => billable.key !== before[index]?.key);
    expect(changed.map(billable => billable.type === 'unit' && billable.charge)).toEqual(['data']);
  });

  it('takes another key for another step, because the meter counts something else', () => {
    const fine = of(
      catalogWith([{ id: 'd', kind: 'data', price: { EUR: '1', SEK: '1' }, per: '1 KB', step: '1 KB' }]),
      'EUR',
    );
    const coarse = of(
      catalogWith([{ id: 'd', kind: 'data', price: { EUR: '1', SEK: '1' }, per: '1 KiB', step: '1 KiB' }]),
      'EUR',
    );
    expect(fine[1]?.unitAmountMinor).toBe(coarse[1]?.unitAmountMinor);
    expect(fine[1]?.key).not.toBe(coarse[1]?.key);
  });

  it('leaves out a price of zero, of which Stripe need not hear', () => {
    const billables = of(catalogWith([{ id: 'sms', kind: 'sms', price: { EUR: '0', SEK: '1.00' } }]), 'EUR');
    expect(billables.map(billable => billable.type)).toEqual(['fee']);
  });

  it('shares amount meters between plans and currencies, prices not', () => {
    // given
    const plans = [aPlan({ id: 'a', charges: CHARGES }), aPlan({ id: 'b', charges: CHARGES })];
    const catalog = aCatalog({ zones: { world: { rest: 'true' } }, tables: { voice: 'voice.csv' }, plans }, VOICE);
    // when
    const amounts = allBillables(catalog).filter(billable => billable.type === 'amount');
    // then two sections in two currencies
    expect(amounts).toHaveLength(4);
    expect(new Set(amounts.map(billable => billable.type === 'amount' && billable.eventName)).size).toBe(2);
  });

  it('is refused in a currency in which the plan is not sold', () => {
    expect(() => of(catalogWith(CHARGES), 'USD')).toThrow('Plan basic is not sold in USD');
  });
});
