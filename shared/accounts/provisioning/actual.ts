import { type Instant, MINUTE } from '#shared/platform/instant.ts';
import type { AccountServices } from '../account-services.ts';
import { isRepeatable } from './attempt.ts';
import type { ProviderTaxId, Subscription } from './billing-provider.ts';
import type { LedgerFacts } from './ledger-facts.ts';
import type { SubscriptionAttempt } from './subscription-order.ts';
import type { ProvisioningTarget } from './target.ts';
import { hasTaxIdsToSend } from './tax-id-steps.ts';

/**
 * What the provider has, as far as it was read: a call costs time and money, so each part is read where something may
 * hang on it, and not read twice.
 */
export interface ProvisioningActual {
  /** A customer of the account that an attempt had made, unknown to the ledger. */
  readonly lostCustomer?: string | undefined;
  /** Absent: not read, because none of them has to change. */
  readonly taxIds?: readonly ProviderTaxId[];
  /** Absent: not read yet. */
  readonly billing?: BillingActual;
}

export interface BillingActual {
  /** `undefined`: there is none. */
  readonly subscription: Subscription | undefined;
  /** The customer's default one; read only while a first invoice is unpaid. */
  readonly paymentMethod: string | undefined;
  /** Those that were refused for the first invoice, whoever tried; read only while it is unpaid. */
  readonly refused: readonly string[];
}

/** What is read at one stage; `{}` where nothing hangs on it. */
export type Read = (
  services: AccountServices,
  facts: LedgerFacts,
  target: ProvisioningTarget,
  now: Instant,
) => Promise<ProvisioningActual>;

/** The provider's clock and ours may differ by this much. */
const CLOCK_SKEW = 10 * MINUTE;

/** A known customer has what the ledger noted it was given; nothing is read. */
export const readCustomer: Read = async ({ provider }, { account }, _target, now) => {
  const { customerAttempt } = account;
  if (account.stripeCustomer !== undefined || customerAttempt === undefined || isRepeatable(customerAttempt, now)) {
    return {};
  }
  const made = { start: customerAttempt.since - CLOCK_SKEW, end: now + CLOCK_SKEW };
  return { lostCustomer: await provider.customers.find(account.account, made) };
};

export const readTaxIds: Read = async ({ provider }, { account }, { customer }) => {
  const notes = account.stripeTaxIds ?? [];
  if (account.stripeCustomer === undefined || !hasTaxIdsToSend(customer.taxIds, notes)) return {};
  return { taxIds: await provider.customers.readTaxIds(account.stripeCustomer) };
};

export const readBilling: Read = async ({ provider }, { account }, target, now) => {
  const { stripeCustomer, stripeSubscription, subscriptionAttempt } = account;
  if (target.subscription === undefined || stripeCustomer === undefined) return {};
  if (stripeSubscription === undefined) {
    const isLost = subscriptionAttempt !== undefined && !isRepeatableOrder(subscriptionAttempt, now);
    const subscription = isLost ? await provider.subscriptions.find(account.account, stripeCustomer) : undefined;
    return { billing: { subscription, paymentMethod: undefined, refused: [] } };
  }
  const subscription = await provider.subscriptions.read(stripeSubscription);
  const isUnpaid = subscription.status === 'unpaid' || subscription.status === 'expired';
  const needsMethod = isUnpaid && target.subscription.collection === 'automatic';
  if (!needsMethod) return { billing: { subscription, paymentMethod: undefined, refused: [] } };
  const { paymentMethod } = await provider.customers.read(stripeCustomer);
  const isTried = paymentMethod === undefined || account.triedPaymentMethods?.includes(paymentMethod) === true;
  const refused = isTried ? [] : await provider.subscriptions.refusedMethods(stripeSubscription);
  return { billing: { subscription, paymentMethod, refused } };
};

/** No call to the provider lasts longer. */
const IN_FLIGHT = 2 * MINUTE;

/**
 * An order that was to start at once starts late when it is repeated, and a later part of the fee would be lost. So it
 * is only repeated while the first call may still be under way; afterwards one can look whether that did it.
 */
export function isRepeatableOrder(earlier: SubscriptionAttempt, now: Instant): boolean {
  if (!isRepeatable(earlier, now) || earlier.order.anchor <= now) return false;
  return earlier.order.backdatedTo !== undefined || now - earlier.at < IN_FLIGHT;
}
