// The account and the line of the outside contract, section 8.

export const CONTRACT_ACCOUNT = {
  name: 'Example AB',
  email: 'billing@example.com',
  phone: '+46701110000',
  address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' },
  locale: 'sv',
  currency: 'SEK',
  timezone: 'Europe/Stockholm',
  delivery: ['email'],
  itemised: true,
  billingDay: 1,
};
export const CONTRACT_LINE = { msisdn: '+46701234567', plan: 'mobile-10', addOns: [], from: '2026-11-01T00:00:00Z' };
