import type { Instant, Period } from '#shared/platform/instant.ts';
import type { TaxId } from '../records/account-fields.ts';
import type { AccountItem } from '../records/account-item.ts';
import type { CurrentPart, PartChanges } from './part.ts';
import type { SubscriptionOrder } from './subscription-order.ts';

/**
 * Whoever invoices and collects (Stripe), as accounts see it: reads of what is there, and one method for each kind of
 * step. Every call may raise `Unavailable` (nothing was done), `Throttled` or `UpstreamUnknown`. Methods that take an
 * identity do nothing new when it comes again; an answered failure (`attempt.ts`) uses it up. Methods that take none
 * say what should be, so that a repeat is harmless.
 */
export interface BillingProvider {
  readonly customers: Customers;
  readonly subscriptions: Subscriptions;
}

/** Codes of refusals that meet every line of the account: its customer is gone, or has something in another currency. */
export const ACCOUNT_WIDE_REFUSALS: ReadonlySet<string> = new Set(['customer-deleted', 'currency-differs']);

export interface Customers {
  /** The account's customer made in that time, where its id was lost. */
  find(account: string, made: Period): Promise<string | undefined>;
  read(customer: string): Promise<ProviderCustomer>;
  readTaxIds(customer: string): Promise<readonly ProviderTaxId[]>;
  /** Makes a customer that carries nothing but the account's id; details follow by `describe`. Returns its id. */
  create(account: string, identity: string): Promise<string>;
  /** @throws InvalidInput 422 where a detail is not accepted */
  describe(customer: string, details: CustomerDetails): Promise<void>;
  /** Returns its id. @throws InvalidInput 422 where it is not accepted */
  addTaxId(customer: string, taxId: TaxId, identity: string): Promise<string>;
  /** One that is gone already is gone. */
  removeTaxId(customer: string, id: string): Promise<void>;
}

export interface CustomerDetails extends Pick<AccountItem, 'name' | 'email' | 'phone' | 'address' | 'locale'> {
  /** Absent: the account says nothing about it, and what a person set at the provider stays. */
  readonly taxStatus?: 'taxable' | 'exempt' | 'reverse-charge' | undefined;
}

export interface ProviderCustomer {
  /** Fixed by the first invoice; `undefined` before. */
  readonly currency: string | undefined;
  /** The default payment method; `undefined` where there is none. */
  readonly paymentMethod: string | undefined;
}

export interface ProviderTaxId extends TaxId {
  readonly id: string;
}

export interface Subscription {
  readonly id: string;
  /**
   * `live`: it makes invoices. `unpaid`: the first one was not paid, it may still be. `expired`: nor will it be.
   * `ended`: canceled or paused by a person.
   */
  readonly status: 'live' | 'unpaid' | 'expired' | 'ended';
  readonly collection: AccountItem['collection'];
  /** The method that pays an invoice becomes the one for the next ones. */
  readonly keepsMethod: boolean;
  readonly parts: readonly SubscriptionPart[];
  /** The items' current period; in the first one it starts when billing began. */
  readonly period: Period;
}

export interface SubscriptionPart extends CurrentPart {
  /** The provider's id of the item or the discount; of a tax rate its own. */
  readonly reference: string;
}

export interface Subscriptions {
  /** The account's newest subscription that is live or may still be paid. */
  find(account: string, customer: string): Promise<Subscription | undefined>;
  read(id: string): Promise<Subscription>;
  create(account: string, customer: string, order: ProviderOrder, identity: string): Promise<Subscription>;
  /** Payment methods that the bank refused for the first invoice, also when the provider tried by itself. */
  refusedMethods(id: string): Promise<readonly string[]>;
  /** Charges the unpaid first invoice to the default payment method; one that declines leaves it unpaid. */
  payFirstInvoice(id: string, identity: string): Promise<Subscription>;
  change(
    subscription: Subscription,
    changes: PartChanges,
    proration: Proration,
    identity: string,
  ): Promise<Subscription>;
  /** And whether it keeps the method that pays: where it collects by itself. */
  setCollectionMethod(id: string, collection: AccountItem['collection']): Promise<Subscription>;
}

/** From when fees are charged or given back by time; `none`: not at all. */
export type Proration = 'now' | 'none' | { readonly since: Instant };

export interface ProviderOrder extends SubscriptionOrder {
  readonly currency: string;
}
