import * as z from 'zod';
import type { Item, Key, Table } from '#shared/platform/table.ts';

/** `stripe#<customer>` / `customer`: whose customer it is. Written with the account's own note of it. */
const CustomerOwner = z.object({ account: z.string() });

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
