import { findAccount } from '#shared/accounts/account-book.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { anAccount } from '#test/builders/accounts.ts';
import { type AccountWorld, giveCard } from './account-world.ts';

/** An account with a card that works; answers its customer. */
export async function accountThatCanPay(world: AccountWorld, account: string): Promise<string> {
  await putAccount(world.services, account, anAccount());
  const customer = await customerOf(world, account);
  await giveCard(world, customer);
  return customer;
}

/** The account's customer at Stripe; empty where there is none. */
export async function customerOf(world: AccountWorld, account: string): Promise<string> {
  return (await findAccount(world.services.ledger, account))?.stripeCustomer ?? '';
}

/** Newest first, in minor units. */
export async function invoiceTotals(world: AccountWorld, customer: string): Promise<number[]> {
  return (await world.stripe.invoices.list({ customer })).data.map(invoice => invoice.total);
}

/** Lookup key without its version, and quantity. */
export async function itemsOf(world: AccountWorld, customer: string): Promise<[string, number | undefined][]> {
  const [subscription] = (await world.stripe.subscriptions.list({ customer })).data;
  const items = await Array.fromAsync(
    world.stripe.subscriptionItems.list({ subscription: subscription?.id ?? '', limit: 100 }),
  );
  return items
    .map((item): [string, number | undefined] => {
      const key = item.price.lookup_key ?? '';
      return [key.slice(0, key.lastIndexOf(':')), item.quantity];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
