import * as z from 'zod';
import { SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key } from '#shared/platform/table.ts';
import { LOCALES } from './account.ts';
import { Address, COLLECTIONS, DELIVERIES, TaxId } from './account-fields.ts';
import { Attempt } from './attempt.ts';

/** The first line's order, written down before it is sent: a repeat sends the very same one under the same identity. */
export const SubscriptionOrder = z.object({
  items: z.array(z.object({ price: z.string(), quantity: z.int().positive().optional() })),
  /** End of the first period. */
  anchor: StoredInstant,
  /** Charged from here when it lies before the moment of ordering. */
  backdatedTo: StoredInstant.optional(),
  collection: z.enum(COLLECTIONS),
});
export type SubscriptionOrder = z.output<typeof SubscriptionOrder>;

export const SubscriptionAttempt = Attempt.extend({
  order: SubscriptionOrder,
  /** The line that the order is for. */
  line: z.string(),
});
export type SubscriptionAttempt = z.output<typeof SubscriptionAttempt>;

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
  stripeCustomer: z.string().optional(),
  /** Digest of the details that the customer was last given. */
  stripeCustomerDetails: z.string().optional(),
  customerAttempt: Attempt.optional(),
  stripeSubscription: z.string().optional(),
  subscriptionAttempt: SubscriptionAttempt.optional(),
  /** A payment method, or `invoice`: with this the subscription was made again after its first invoice had stayed unpaid. */
  triedWayToPay: z.string().optional(),
  /** Found by the sweeper at the account's minute. */
  wakeShard: z.string(),
  wakeAt: z.string(),
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
