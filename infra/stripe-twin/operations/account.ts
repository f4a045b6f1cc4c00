import { operation } from './operation.ts';

/** The twin's one account. Its key is any that looks like a test key. */
const ACCOUNT = {
  id: 'acct_1LocalStripeTwin',
  object: 'account',
  business_profile: null,
  charges_enabled: true,
  country: 'SE',
  default_currency: 'sek',
  details_submitted: true,
  email: null,
  payouts_enabled: true,
  settings: null,
  type: 'standard',
} as const;

export const accountOperations = [
  operation({ method: 'GET', path: '/v1/account', params: {}, handle: () => ({ ...ACCOUNT }) }),
];
