import * as z from 'zod';
import { LOCALES } from '#shared/locale/locales.ts';
import { Id, Several, Text, Wording } from './source-scalars.ts';

/** `brands:` as the operator writes it (contract section 4). */
export const BrandSource = z.strictObject({
  id: Id,
  name: Text,
  legal: Wording,
  address: Several.default([]),
  /** A file of the folder. */
  logo: Text.optional(),
  mailLogo: Text.optional(),
  colours: z.strictObject({ accent: Text, accentText: Text.optional() }),
  contacts: z.strictObject({ phone: Text.optional(), email: Text.optional(), web: Text.optional() }).default({}),
  disputes: Wording.optional(),
  businessDisputes: Wording.optional(),
  lateFee: Wording.optional(),
  secondFactor: z.enum(['none', 'email', 'sms']).default('none'),
  locale: z.enum(LOCALES).optional(),
  timezone: Text.optional(),
  country: Text.optional(),
  links: z.strictObject({ terms: Text.optional(), privacy: Text.optional(), help: Text.optional() }).default({}),
  countries: z
    .record(
      z.string(),
      z.strictObject({
        legal: Wording.optional(),
        disputes: Wording.optional(),
        businessDisputes: Wording.optional(),
      }),
    )
    .default({}),
});
export type BrandSource = z.infer<typeof BrandSource>;
