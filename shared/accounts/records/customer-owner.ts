import * as z from 'zod';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import { ABSENT, type Item, type Key, type Table } from '#shared/platform/table.ts';

/**
 * `stripe#<customer>` / `customer`: whose customer it is. Written with the account's own note of it. Without an account: it
 * was looked at, and is not ours, which counts for a while (other software may use the same Stripe account).
 */
const CustomerOwner = z.object({ account: z.string().optional(), expiresAt: z.int().optional() });

function ownerKey(customer: string): Key {
  return { pk: `stripe#${customer}`, sk: 'customer' };
}

export function customerOwnerItem(customer: string, account: string): Item {
  return { ...ownerKey(customer), account };
}

/** The account whose customer it is; `undefined` where that was never noted. */
export async function ownerOfCustomer(table: Table, customer: string): Promise<string | undefined> {
  return (await table.get(ownerKey(customer), CustomerOwner))?.account;
}

/** `foreign`: it is known not to be ours. `undefined`: nothing is known of it. */
export async function knownOwner(
  table: Table,
  customer: string,
  now: Instant,
): Promise<{ readonly account: string } | 'foreign' | undefined> {
  const noted = await table.get(ownerKey(customer), CustomerOwner);
  if (noted?.account !== undefined) return { account: noted.account };
  // Expired items stay for up to two days (DynamoDB's time to live).
  return noted?.expiresAt !== undefined && noted.expiresAt * SECOND > now ? 'foreign' : undefined;
}

/** Never over an account's note: a customer that became ours stays ours. */
export async function noteForeignCustomer(table: Table, customer: string, until: Instant): Promise<void> {
  const expiresAt = Math.floor(until / SECOND);
  if (await table.put({ ...ownerKey(customer), expiresAt }, ABSENT)) return;
  await table.update(
    ownerKey(customer),
    { set: { expiresAt } },
    { expression: 'attribute_not_exists(#account)', names: { '#account': 'account' } },
  );
}
