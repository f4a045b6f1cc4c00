import * as z from 'zod';
import { SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key } from '#shared/platform/table.ts';
import { LOCALES } from './account.ts';
import { Address, COLLECTIONS, DELIVERIES, TaxId } from './account-fields.ts';
import { ProvisioningNotes } from './provisioning/provisioning-notes.ts';

/** `account#<a>` / `account`: the account as asked for, and what stands for it at the provider (Stripe). */
export const AccountItem = z.object({
  account: z.string(),
  name: z.string(),
  email: z.string(),
  currency: z.string(),
  phone: z.string().optional(),
  address: Address.optional(),
  locale: z.enum(LOCALES),
  timezone: z.string(),
  brand: z.string().optional(),
  segment: z.string().optional(),
  taxIds: z.array(TaxId),
  delivery: z.array(z.enum(DELIVERIES)),
  itemised: z.boolean(),
  maskPeers: z.boolean(),
  externalIds: z.record(z.string(), z.string()),
  billingDay: z.int().min(1).max(28),
  collection: z.enum(COLLECTIONS),
  createdAt: StoredInstant,
  /** Counts the lines that were ever made; a line keeps its number. */
  lines: z.int().nonnegative(),
  /** Found by the sweeper at the account's minute. */
  wakeShard: z.string(),
  wakeAt: z.string(),
  ...ProvisioningNotes.shape,
});
export type AccountItem = z.output<typeof AccountItem>;

export function accountKey(account: string): Key {
  return { pk: `account#${account}`, sk: 'account' };
}

/** Whoever changes the account or its lines, or speaks to the provider about them, holds this lease. */
export function accountLeaseKey(account: string): Key {
  return { pk: `account#${account}`, sk: 'lease' };
}

/** Longer than a function may run (60 s): whoever gets it next finds nobody at work. */
export const ACCOUNT_LEASE = 75 * SECOND;
