import { describe, expect, it } from 'vitest';
import { aCatalog, aPlan } from '#test/builders/catalog.ts';

const PRICE = { price: { EUR: '1' } };

describe('The section of a charge (contract section 6)', () => {
  it.each<[string, object]>([
    ['calls', { kind: 'voice' }],
    ['calls', { kind: 'sms', from: ['home', 'world'] }],
    ['calls', { kind: 'parking' }],
    ['data', { kind: 'data' }],
    ['data', { kind: 'data', from: ['home'] }],
    ['roaming', { kind: 'data', from: ['world'] }],
    ['roaming', { kind: 'voice', from: ['eu', 'world'] }],
    ['one-off', { kind: 'data', from: ['world'], section: 'one-off' }],
  ])('is %s for %j', (section, fields) => {
    // given a charge, and one that takes the rest
    const { kind } = { kind: '', ...fields };
    const charges = [
      { id: 'a', ...PRICE, ...fields },
      { id: 'rest', kind, ...PRICE },
    ];
    const zones = { eu: { countries: ['DE'] }, world: { rest: 'true' } };
    // when
    const catalog = aCatalog({ zones, plans: [aPlan({ fee: { EUR: '1' }, charges })] });
    // then
    expect(catalog.plans[0]?.charges[0]?.section).toBe(section);
  });
});
