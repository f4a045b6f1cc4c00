import { describe, expect, it } from 'vitest';
import { AccountFields, AccountPatch } from '#shared/accounts/records/account-fields.ts';
import { LineFields } from '#shared/accounts/records/line-fields.ts';

const account = { name: 'Example AB', email: 'billing@example.com', currency: 'SEK' };

describe('the fields of an account', () => {
  it('may be left out or be null, but for name, mail and currency', () => {
    expect(AccountFields.parse(account)).toEqual(account);
    expect(AccountFields.parse({ ...account, phone: null, timezone: null })).toEqual({
      ...account,
      phone: null,
      timezone: null,
    });
    expect(AccountFields.safeParse({ ...account, name: null }).success).toBe(false);
    expect(AccountFields.safeParse({ name: 'Example AB', currency: 'SEK' }).success).toBe(false);
  });

  it('may each be left out of a patch, and parts of the address too', () => {
    expect(AccountPatch.parse({})).toEqual({});
    expect(AccountPatch.parse({ address: { line2: null } })).toEqual({ address: { line2: null } });
    expect(AccountPatch.safeParse({ email: null }).success).toBe(false);
  });

  it('hold each way of delivery once', () => {
    expect(AccountFields.parse({ ...account, delivery: ['sms', 'email', 'sms'] }).delivery).toEqual(['sms', 'email']);
  });

  it.each([
    ['a field that does not exist', { colour: 'blue' }],
    ['an empty name', { name: ' ' }],
    ['a name with half a character', { name: 'Anna \ud83d' }],
    ['something that is not an e-mail address', { email: 'example.com' }],
    ['a currency in small letters', { currency: 'sek' }],
    ['a phone number with spaces', { phone: '+46 70 123 45 67' }],
    ['a phone number without a plus', { phone: '46701234567' }],
    ['a language that bills do not have', { locale: 'de' }],
    ['an unknown time zone', { timezone: 'Europe/Atlantis' }],
    ['an offset as time zone', { timezone: '+02:00' }],
    ['the 29th as billing day', { billingDay: 29 }],
    ['a half billing day', { billingDay: 1.5 }],
    ['no way of delivery', { delivery: [] }],
    [
      'a country by its name',
      { address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'Sweden' } },
    ],
    ['an unknown way of collection', { collection: 'cash' }],
  ])('refuse %s', (_, fields) => {
    expect(AccountFields.safeParse({ ...account, ...fields }).success).toBe(false);
  });
});

describe('the fields of a line', () => {
  const line = { msisdn: '+46701234567', plan: 'mobile-10' };

  it('read the start as an instant', () => {
    expect(LineFields.parse({ ...line, from: '2026-11-01T01:00:00+01:00' }).from).toBe(Date.UTC(2026, 10, 1));
  });

  it.each([
    ['a field that does not exist', { sim: 'e' }],
    ['a start without an offset', { from: '2026-11-01T00:00:00' }],
    ['a day that does not exist', { from: '2026-02-30T00:00:00Z' }],
    ['an IMSI with a letter', { imsi: '24001123456789x' }],
    ['a number that is no E.164', { msisdn: '0701234567' }],
    ['another moment of change', { changeAt: 'tomorrow' }],
  ])('refuse %s', (_, fields) => {
    expect(LineFields.safeParse({ ...line, ...fields }).success).toBe(false);
  });
});
