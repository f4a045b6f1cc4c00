import { findAccount } from '#shared/accounts/account-book.ts';
import { customerOwnerItem, knownOwner, noteForeignCustomer } from '#shared/accounts/records/customer-owner.ts';
import { type Clock, DAY } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { EventObjects } from './event-objects.ts';

/** How long a customer of other software is not asked about again. Ours are noted by their account, at any time. */
const FOREIGN_FOR = 30 * DAY;

/**
 * The account whose customer it is, `undefined` for a customer that no account has. Customers from before there was a
 * note of it are known by the account's id that they carry; it counts only where the account knows the customer too, as
 * other stages may use the same Stripe account. What is not ours is noted as well, so that the events of other software
 * cost no call each; but not while the account is only about to know its customer.
 */
export async function accountOfCustomer(
  { ledger, clock, objects }: { ledger: Table; clock: Clock; objects: Pick<EventObjects, 'accountTag'> },
  customer: string,
): Promise<string | undefined> {
  const noted = await knownOwner(ledger, customer, clock());
  if (noted === 'foreign') return undefined;
  if (noted !== undefined) return noted.account;
  const tagged = await objects.accountTag(customer);
  const account = tagged === undefined ? undefined : await findAccount(ledger, tagged);
  if (tagged === undefined || account === undefined || isOfAnother(account.stripeCustomer, customer)) {
    await noteForeignCustomer(ledger, customer, clock() + FOREIGN_FOR);
    return undefined;
  }
  if (account.stripeCustomer !== customer) return undefined;
  await ledger.put(customerOwnerItem(customer, tagged));
  return tagged;
}

function isOfAnother(known: string | undefined, customer: string): boolean {
  return known !== undefined && known !== customer;
}
