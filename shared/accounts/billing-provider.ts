import type { Instant, Period } from '#shared/platform/instant.ts';
import type { AccountItem, SubscriptionOrder } from './account-item.ts';

/**
 * Whoever collects the money, as accounts see it. Every call may raise `Unavailable`, `Throttled` (nothing was done)
 * or `UpstreamUnknown`; making and changing take an identity under which a repeat does nothing new. An identity is
 * used up by an answered failure (`ANSWERED`): it would be answered so again.
 */
export interface BillingProvider {
  readonly customers: Customers;
  readonly subscriptions: Subscriptions;
}

/** Code of the `UpstreamUnknown` that was an answer. */
export const ANSWERED = 'upstream-failed';

export interface Customers {
  /** Makes a customer that carries nothing but the account's id; details follow by `describe`. Returns its id. */
  create(account: string, identity: string): Promise<string>;
  /** The account's customer made in that time, where its id was lost. */
  find(account: string, made: Period): Promise<string | undefined>;
  /** @throws InvalidInput 422 where a detail is not accepted */
  describe(customer: string, details: CustomerDetails): Promise<void>;
  read(customer: string): Promise<ProviderCustomer>;
}

export type CustomerDetails = Pick<AccountItem, 'name' | 'email' | 'phone' | 'address' | 'locale'>;

export interface ProviderCustomer {
  /** Fixed by the first invoice; `undefined` before. */
  readonly currency: string | undefined;
  /** The default payment method; `undefined` where there is none. */
  readonly paymentMethod: string | undefined;
}

/** Quantity is absent where usage is metered. */
export interface WantedItem {
  readonly price: string;
  readonly quantity?: number | undefined;
}

export interface SubscribedItem extends WantedItem {
  readonly item: string;
}

export interface Subscription {
  readonly id: string;
  /**
   * `live`: it makes invoices. `unpaid`: the first one was not paid, it may still be. `expired`: nor will it be.
   * `ended`: canceled or paused by somebody else.
   */
  readonly status: 'live' | 'unpaid' | 'expired' | 'ended';
  readonly collection: AccountItem['collection'];
  readonly items: readonly SubscribedItem[];
  /** The items' current period; in the first one it starts when billing began. */
  readonly period: Period;
}

export interface ItemChanges {
  readonly add: readonly WantedItem[];
  readonly set: readonly { readonly item: string; readonly quantity: number }[];
}

export interface Subscriptions {
  create(account: string, customer: string, order: WireOrder, identity: string): Promise<Subscription>;
  /** The account's newest subscription that is live or may still be paid. */
  find(account: string, customer: string): Promise<Subscription | undefined>;
  read(id: string): Promise<Subscription>;
  /** Prorated from `since`; left out: from now. */
  change(id: string, changes: ItemChanges, since: Instant | undefined, identity: string): Promise<Subscription>;
  /** Charges the unpaid first invoice to the default payment method; one that declines leaves it unpaid. */
  payFirst(id: string, identity: string): Promise<Subscription>;
  setCollectionMethod(id: string, collection: AccountItem['collection']): Promise<Subscription>;
}

export interface WireOrder extends SubscriptionOrder {
  readonly currency: string;
}
