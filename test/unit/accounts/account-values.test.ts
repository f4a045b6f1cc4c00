import { describe, expect, it } from 'vitest';
import { type AccountValues, changedFields, patchedFields, settledValues } from '#shared/accounts/account-values.ts';

const asked = { name: 'Example AB', email: 'billing@example.com', currency: 'SEK' };
const defaults = { locale: 'sv', timezone: 'Europe/Stockholm', country: 'SE', billingDay: 17 } as const;

const known: AccountValues = {
  ...asked,
  phone: '+46701110000',
  address: { line1: 'Kungsgatan 2', line2: 'c/o Berg', city: 'Lund', postalCode: '22350', country: 'DK' },
  locale: 'fr',
  timezone: 'Europe/Paris',
  brand: 'second',
  segment: 'business',
  taxIds: [{ type: 'eu_vat', value: 'SE556000000001' }],
  delivery: ['sms', 'email'],
  itemised: true,
  maskPeers: true,
  externalIds: { crm: '4711', erp: '12' },
  billingDay: 5,
  collection: 'invoice',
};

describe('the values of an account', () => {
  it('are those of the operator where a new account says nothing', () => {
    expect(settledValues(asked, undefined, defaults)).toEqual({
      ...asked,
      phone: undefined,
      address: undefined,
      locale: 'sv',
      timezone: 'Europe/Stockholm',
      brand: undefined,
      segment: undefined,
      taxIds: [],
      delivery: ['email'],
      itemised: false,
      maskPeers: false,
      externalIds: {},
      billingDay: 17,
      collection: 'automatic',
    });
  });

  it('stay where they are left out', () => {
    const values = settledValues({ ...asked, name: 'Example and Sons AB' }, known, defaults);

    expect(values).toEqual({ ...known, name: 'Example and Sons AB' });
    expect(changedFields(known, values)).toEqual(['name']);
  });

  it('are the defaults again where null is sent', () => {
    const values = settledValues(
      { ...asked, phone: null, timezone: null, delivery: null, brand: null },
      known,
      defaults,
    );

    expect(values).toMatchObject({
      phone: undefined,
      timezone: 'Europe/Stockholm',
      delivery: ['email'],
      brand: undefined,
    });
    expect(changedFields(known, values)).toEqual(['phone', 'timezone', 'brand', 'delivery']);
  });

  it('have not changed by being sent again in another order', () => {
    const values = settledValues({ ...asked, externalIds: { erp: '12', crm: '4711' } }, known, defaults);

    expect(changedFields(known, values)).toEqual([]);
  });

  it.each([
    ['of the account, where it has one', known, 'DK'],
    ['of the operator, where it has none', { ...known, address: undefined }, 'SE'],
    ['of the operator, for a new one', undefined, 'SE'],
  ])('have an address without a country in that %s', (_, before, country) => {
    const address = { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142' };

    expect(settledValues({ ...asked, address }, before, defaults).address).toEqual({ ...address, country });
  });

  it('need a country where the operator names none', () => {
    const address = { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142' };

    expect(() => settledValues({ ...asked, address }, undefined, { ...defaults, country: undefined })).toThrow(
      expect.objectContaining({ code: 'invalid-body', errors: [expect.objectContaining({ path: 'address/country' })] }),
    );
  });
});

describe('a merge patch of an account', () => {
  it('changes what it names, inside the address and the external ids too', () => {
    const patch = {
      email: 'new@example.com',
      address: { line2: null, city: 'Ystad' },
      externalIds: { crm: null, pos: '7' },
    };

    expect(patchedFields(known, patch)).toEqual({
      ...known,
      email: 'new@example.com',
      address: { line1: 'Kungsgatan 2', city: 'Ystad', postalCode: '22350', country: 'DK' },
      externalIds: { erp: '12', pos: '7' },
    });
  });

  it('replaces a list as a whole', () => {
    expect(patchedFields(known, { delivery: ['portal'] }).delivery).toEqual(['portal']);
  });

  it('takes the default where null is sent', () => {
    const fields = patchedFields(known, { timezone: null, address: null });

    expect(settledValues(fields, known, defaults)).toEqual({
      ...known,
      timezone: 'Europe/Stockholm',
      address: undefined,
    });
  });

  it('is refused where the address would lack a part', () => {
    expect(() => patchedFields(known, { address: { city: null } })).toThrow(
      expect.objectContaining({ code: 'invalid-body', errors: [expect.objectContaining({ path: 'address/city' })] }),
    );
  });
});
