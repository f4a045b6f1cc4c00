import * as z from 'zod';

import { DELIVERIES } from '#shared/contact/channels.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { isTimezone } from '#shared/platform/time-zones.ts';
import { Msisdn } from '../identifiers/service-identifier.ts';

export const COLLECTIONS = ['automatic', 'invoice'] as const;

const Text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(text => text.isWellFormed(), { message: 'must not hold half a character' });

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

export const Timezone = z
  .string()
  .refine(isTimezone, { message: 'must be an IANA time zone, such as Europe/Stockholm' });

/** Body of `PUT /v1/accounts/{a}` (contract section 3). What is left out stays; `null` takes the default. */
export const AccountFields = z.strictObject({
  name: Text(256),
  email: z.string().max(254).regex(z.regexes.unicodeEmail, 'must be an e-mail address'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be ISO 4217, such as SEK'),
  phone: Msisdn.nullish(),
  address: Address.partial({ country: true })
    .nullish()
    .describe('Without `country`: that of the brand, else that of the catalog.'),
  locale: z.enum(LOCALES).nullish().describe('By default that of the brand or the catalog, else `en`.'),
  timezone: Timezone.nullish().describe(
    'By default that of the brand or the catalog, else UTC. Another one moves the time bands of the running period.',
  ),
  brand: Text(64).nullish().describe('By default the first of the catalog.'),
  segment: Text(64).nullish(),
  taxIds: z.array(TaxId).max(5).nullish(),
  delivery: z.array(z.enum(DELIVERIES)).min(1).transform(unique).nullish(),
  itemised: z.boolean().nullish(),
  maskPeers: z.boolean().nullish(),
  externalIds: z.record(Text(64), Text(200)).nullish(),
  billingDay: z.int().min(1).max(28).nullish().describe('By default spread by a hash of the id.'),
  collection: z.enum(COLLECTIONS).nullish(),
});
export type AccountFields = z.output<typeof AccountFields>;

/** Body of `PATCH /v1/accounts/{a}`: a merge patch (RFC 7396) over what `GET` returns. `null` takes the default. */
export const AccountPatch = AccountFields.partial().extend({
  address: z
    .strictObject({
      line1: Text(200).nullish(),
      line2: Text(200).nullish(),
      city: Text(100).nullish(),
      postalCode: Text(20).nullish(),
      state: Text(100).nullish(),
      country: Address.shape.country.nullish(),
    })
    .nullish(),
  externalIds: z.record(Text(64), Text(200).nullable()).nullish(),
});
export type AccountPatch = z.output<typeof AccountPatch>;

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
