import { findAccount } from '#shared/accounts/account-book.ts';
import { customerOwnerItem, ownerOfCustomer } from '#shared/accounts/records/customer-owner.ts';
import type { Table } from '#shared/platform/table.ts';
import type { EventObjects } from './event-objects.ts';

/**
 * The account whose customer it is, `undefined` for a customer that no account has. Customers from before there was a
 * note of it are known by the account's id that they carry; it counts only where the account knows the customer too, as
 * other stages may use the same Stripe account.
 */
export async function accountOfCustomer(
  ledger: Table,
  objects: Pick<EventObjects, 'accountTag'>,
  customer: string,
): Promise<string | undefined> {
  const noted = await ownerOfCustomer(ledger, customer);
  if (noted !== undefined) return noted;
  const tagged = await objects.accountTag(customer);
  if (tagged === undefined) return undefined;
  if ((await findAccount(ledger, tagged))?.stripeCustomer !== customer) return undefined;
  await ledger.put(customerOwnerItem(customer, tagged));
  return tagged;
}
