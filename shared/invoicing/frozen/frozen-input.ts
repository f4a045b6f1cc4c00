import * as z from 'zod';
import type { CarriedAllowance, RatedAccount } from '#shared/accounts/account.ts';
import { StoredCarriedAllowance } from '#shared/accounts/carried-allowances.ts';
import { Address } from '#shared/accounts/records/account-fields.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { CatalogReference } from '#shared/catalog/catalog-store.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import type { Period } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { RatedPool } from '#shared/rating/rated-period.ts';

/** Half-open, without an end while it lasts. */
const Tenure = z.strictObject({ from: StoredInstant, until: StoredInstant.optional() });

const FrozenLine = z.strictObject({
  line: z.string(),
  /** The number that bills print. */
  msisdn: z.string(),
  /** The provider's quantities contain it: only then its usage is rated. */
  billed: z.boolean(),
  plans: z.array(Tenure.extend({ plan: z.string() })),
  addOns: z.array(Tenure.extend({ addOn: z.string() })),
  /** Which records are its own. */
  names: z.array(Tenure.extend({ name: z.string() })),
});

/** An allowance that several lines use together, and which of them brought how much to it. */
const FrozenPool = z.strictObject({
  pool: z.string(),
  members: z.array(
    z.strictObject({
      line: z.string(),
      from: StoredInstant,
      until: StoredInstant,
      /** In base units (s, B, 1). Null: unlimited. */
      included: z.int().nonnegative().nullable(),
    }),
  ),
});

/**
 * Everything that a period is rated and its bill is made from, the records aside: as it was when the period was frozen.
 * A bill that is made again from it is the same to the last unit, whatever has changed since.
 */
export const FrozenInput = z.strictObject({
  format: z.literal(1),
  period: z.strictObject({ start: StoredInstant, end: StoredInstant }),
  account: z.strictObject({
    account: z.string(),
    currency: z.string(),
    /** By it records have their time bands and prices their days. */
    timezone: z.string(),
    // What bills print.
    name: z.string(),
    email: z.string(),
    phone: z.string().optional(),
    address: Address.optional(),
    locale: z.enum(LOCALES),
    brand: z.string().optional(),
    itemised: z.boolean(),
    maskPeers: z.boolean(),
    /** A company. Absent: a consumer, or frozen before this was kept. */
    isBusiness: z.boolean().optional(),
  }),
  /** All that the account ever had, in the order in which they came. */
  lines: z.array(FrozenLine),
  pools: z.array(FrozenPool),
  /** What earlier periods left of allowances; it is used first. */
  carriedIn: z.array(StoredCarriedAllowance),
  /** All versions that were published, in order of their dates. */
  catalogs: z.array(CatalogReference),
});
export type FrozenInput = z.output<typeof FrozenInput>;

/** Its segment says so, or it has a tax number. */
export function isBusiness({ segment, taxIds }: Pick<AccountItem, 'segment' | 'taxIds'>): boolean {
  return segment === 'business' || taxIds.length > 0;
}

/** The input of a period as account, lines and catalog are now. */
export function inputAsOfNow(
  account: AccountItem,
  lines: readonly SubscriberLine[],
  period: Period,
  catalogs: readonly CatalogReference[],
  carriedIn: readonly CarriedAllowance[],
): FrozenInput {
  const { currency, timezone, name, email, phone, address, locale, brand, itemised, maskPeers } = account;
  return {
    format: 1,
    period: { start: period.start, end: period.end },
    account: {
      account: account.account,
      currency,
      timezone,
      name,
      email,
      ...(phone !== undefined && { phone }),
      ...(address !== undefined && { address }),
      locale,
      ...(brand !== undefined && { brand }),
      itemised,
      maskPeers,
      ...(isBusiness(account) && { isBusiness: true }),
    },
    lines: lines.map(line => ({
      line: line.line,
      msisdn: line.msisdn,
      billed: line.billed,
      plans: line.plans,
      addOns: line.addOns,
      names: line.names,
    })),
    pools: [],
    carriedIn: [...carriedIn],
    catalogs: [...catalogs],
  };
}

/**
 * The account as rating wants it: the lines that the provider bills, or billed until its subscription was ended; what
 * it has is not taken back. The usage of a line that it never had is counted and stays open.
 */
export function ratedAccountOf({ account, lines, carriedIn }: FrozenInput): RatedAccount {
  return {
    account: account.account,
    currency: account.currency,
    timezone: account.timezone,
    lines: lines
      .filter(({ billed }) => billed)
      .map(({ line, plans, names, addOns }) => ({ line, plans, names, addOns })),
    carriedIn,
  };
}

/** With the pools as they were rated: what each line brought to them. */
export function withPools(input: FrozenInput, pools: readonly RatedPool[]): FrozenInput {
  return {
    ...input,
    pools: pools.map(({ id, members }) => ({
      pool: id,
      members: members.map(({ line, from, until, included }) => ({ line, from, until, included })),
    })),
  };
}

/** The same input gives the same text. */
export function printInput(input: FrozenInput): string {
  return JSON.stringify(z.encode(FrozenInput, input));
}

/** @throws z.ZodError where it is of a format that this version does not know */
export function parseInput(text: string): FrozenInput {
  return FrozenInput.parse(JSON.parse(text));
}
