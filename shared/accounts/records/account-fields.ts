import * as z from 'zod';

import { DELIVERIES } from '#shared/contact/channels.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { Msisdn } from '../identifiers/service-identifier.ts';

export const COLLECTIONS = ['automatic', 'invoice'] as const;

const Text = (max: number) => z.string().trim().min(1).max(max);

export const Address = z.strictObject({
  line1: Text(200),
  line2: Text(200).optional(),
  city: Text(100),
  postalCode: Text(20),
  state: Text(100).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be ISO 3166-1 alpha-2, such as SE'),
});
export type Address = z.infer<typeof Address>;

/** `type` in Stripe's words (`eu_vat`, `gb_vat`, ...). */
export const TaxId = z.strictObject({ type: z.string().regex(/^[a-z]{2,3}_[a-z0-9_]{2,20}$/), value: Text(50) });
export type TaxId = z.output<typeof TaxId>;

const Timezone = z.string().refine(isTimezone, { message: 'must be an IANA time zone, such as Europe/Stockholm' });

/** Body of `PUT /v1/accounts/{a}` (contract section 3). What is left out gets its default. */
export const AccountFields = z.strictObject({
  name: Text(256),
  email: z.string().max(254).regex(z.regexes.unicodeEmail, 'must be an e-mail address'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be ISO 4217, such as SEK'),
  phone: Msisdn.optional(),
  address: Address.optional(),
  locale: z.enum(LOCALES).default('en'),
  timezone: Timezone.default('UTC'),
  brand: Text(64).optional(),
  segment: Text(64).optional(),
  taxIds: z.array(TaxId).max(5).default([]),
  delivery: z.array(z.enum(DELIVERIES)).min(1).default(['email']).transform(unique),
  itemised: z.boolean().default(false),
  maskPeers: z.boolean().default(false),
  externalIds: z.record(Text(64), Text(200)).default({}),
  /** Left out: as it is, for a new account spread by a hash of its id. */
  billingDay: z.int().min(1).max(28).optional(),
  collection: z.enum(COLLECTIONS).default('automatic'),
});
export type AccountFields = z.output<typeof AccountFields>;

/** Offsets (`+02:00`), which `Intl` knows as zones too, are none: they have no summer time. */
function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
