import * as z from 'zod';
import { DELIVERIES } from '#shared/contact/channels.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key } from '#shared/platform/table.ts';

import { ProvisioningNotes } from '../provisioning/provisioning-notes.ts';
import { Address, COLLECTIONS, TaxId } from './account-fields.ts';

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
  /** Those by which the directory finds it; absent on accounts that are older than the directory, until their next `PUT`. */
  searchWords: z.array(z.string()).optional(),
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

/** Held while the account or its lines are changed, here or at the provider. */
export function accountLeaseKey(account: string): Key {
  return { pk: `account#${account}`, sk: 'lease' };
}

/** Longer than a function may run (60 s): the next holder never meets the last one at work. */
export const ACCOUNT_LEASE = 75 * SECOND;
