import * as z from 'zod';
import { LOCALES } from '#shared/locale/locales.ts';
import { Id, Several, Text, Wording } from './source-scalars.ts';

const Line = Text.regex(/^[^\p{Cc}]*$/u, 'must be one line');

/** An account of the seller, in one currency. */
const BankSource = z.strictObject({
  holder: Line,
  iban: Text.optional(),
  bic: Text.optional(),
  bankgiro: Text.optional(),
  plusgiro: Text.optional(),
  companyNumber: Line.optional(),
  address: z
    .strictObject({ street: Line, number: Line.optional(), postalCode: Line, city: Line, country: Line })
    .optional(),
});
export type BankSource = z.infer<typeof BankSource>;

const Bank = z.record(z.string(), BankSource).default({});

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
  bank: Bank,
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
        bank: Bank,
      }),
    )
    .default({}),
});
export type BrandSource = z.infer<typeof BrandSource>;
