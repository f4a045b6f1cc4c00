import * as z from 'zod';
import { LOCALES } from '#shared/locale/locales.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { type BankAccount, BankAccounts } from '#shared/transfer/bank-account.ts';
import { Names } from './names.ts';

const Colour = z.string().regex(/^#[0-9a-f]{6}$/);
const Link = z.url({ protocol: /^https$/ });

/** What a brand says in one country instead of its general words; `null`: the general ones. */
const InCountry = z.strictObject({
  legal: Names.nullable(),
  disputes: Names.nullable(),
  // Versions that were published before this came have none of it.
  businessDisputes: Names.nullable().default(null),
  bank: BankAccounts.default({}),
});

/** A name under which the operator sells (contract section 4): who writes, in which colours, and whom to turn to. */
export const Brand = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Who sells, in the words that the law asks for: company, register, seat. */
  legal: Names,
  /** As lines. */
  address: z.array(z.string()),
  /** `data:image/png;base64,...` or `data:image/jpeg;base64,...`: pages and papers need nothing from elsewhere. */
  logo: z.string().nullable(),
  /** Mail programs do not show `data:` pictures: where the same picture can be fetched. */
  mailLogo: Link.nullable(),
  /** `accentText` on `accent` has a contrast of at least 4.5 : 1. Six lower-case digits: `#0b5c7a`. */
  colours: z.strictObject({ accent: Colour, accentText: Colour }),
  /** Where bills are paid to by transfer, by currency; none: transfers are not taken. */
  bank: BankAccounts.default({}),
  contacts: z.strictObject({
    phone: z.string().nullable(),
    email: z.string().nullable(),
    web: Link.nullable(),
  }),
  /** Whom else a consumer may turn to in a dispute; `null`: the body of the country (`dispute-bodies.ts`). */
  disputes: Names.nullable(),
  /** The same for a company, which consumer boards do not take; `null`: nobody in particular. */
  businessDisputes: Names.nullable().default(null),
  /** What is said of a late fee; `null`: there is none. */
  lateFee: Names.nullable(),
  /** By which way a code is sent before a link in a mail shows everything; `null`: the link is enough. */
  secondFactor: z.enum(['email', 'sms']).nullable(),
  /** Of accounts that name none, where the brand has its own. */
  locale: z.enum(LOCALES).optional(),
  timezone: z.string().optional(),
  /** ISO 3166-1 alpha-2; of addresses without one. */
  country: z.string().optional(),
  links: z.strictObject({ terms: Link.nullable(), privacy: Link.nullable(), help: Link.nullable() }),
  /** By country of the account's address (ISO 3166-1 alpha-2). */
  countries: z.record(z.string(), InCountry),
});
export type Brand = z.infer<typeof Brand>;

interface Branded {
  readonly effectiveFrom: Instant;
  readonly brands: readonly Brand[];
}

/**
 * The brand of an account at a moment: as the catalog version in force has it, else as the newest version before had
 * it; without one of its own the first. `undefined` where the operator has no brands. `catalogs` in order of their dates.
 */
export function brandOf(
  catalogs: readonly Branded[],
  account: { readonly brand?: string | undefined },
  at: Instant,
): Brand | undefined {
  const known = catalogs.filter(({ effectiveFrom }) => effectiveFrom <= at).toReversed();
  const accountBrand = known.flatMap(({ brands }) => brands).find(({ id }) => id === account.brand);
  return accountBrand ?? known[0]?.brands[0];
}

/** The account to transfer to from a country; `undefined`: the brand takes no transfers in this currency. */
export function bankAccountOf(
  { bank, countries }: Pick<Brand, 'bank' | 'countries'>,
  country: string | undefined,
  currency: string,
): BankAccount | undefined {
  return (country === undefined ? undefined : countries[country]?.bank[currency]) ?? bank[currency];
}
