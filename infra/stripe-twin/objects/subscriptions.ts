import type { SubscriptionItem } from '../records/subscription-items.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuch, noSuchParam } from '../wire/errors.ts';
import { pageOf } from '../wire/pages.ts';
import { presentSubscriptionItem } from './subscription-items.ts';

/** Items that a subscription shows by itself; the rest is paged. */
const ITEMS_ON_SUBSCRIPTION = 10;

export function subscriptionOf(world: World, id: string): Subscription {
  const subscription = world.store.get('subscription', id);
  if (!subscription) throw noSuch('subscription', id, 'subscription');
  return subscription;
}

export function subscriptionFrom(world: World, id: string, param: string): Subscription {
  const subscription = world.store.get('subscription', id);
  if (!subscription) throw noSuchParam('subscription', id, param);
  return subscription;
}

/** @throws ApiError 400 when it has ended, or when it waits for its first payment */
export function changeableSubscription(subscription: Subscription): Subscription {
  if (hasEnded(subscription)) {
    throw invalidRequest('A canceled subscription can only update its cancellation_details and metadata.');
  }
  if (subscription.status === 'incomplete') {
    throw invalidRequest('The items of an incomplete subscription cannot be changed before its first invoice is paid.');
  }
  return subscription;
}

export function hasEnded(subscription: Subscription): boolean {
  return subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
}

/** Oldest first. */
export function itemsOf(world: World, subscription: Subscription): SubscriptionItem[] {
  return subscription.itemIds.map(id => world.store.get('subscription_item', id)).filter(item => item !== undefined);
}

export function presentSubscription(world: World, subscription: Subscription): Wire {
  const { itemIds, recentCalls, save_default_payment_method, ...shown } = subscription;
  const url = `/v1/subscription_items?subscription=${subscription.id}`;
  const page = { limit: ITEMS_ON_SUBSCRIPTION };
  const all = itemsOf(world, subscription);
  const ends = subscription.cancel_at_period_end ? all.map(item => item.current_period_end) : [];
  const items = pageOf(all, page, url, item => presentSubscriptionItem(world, item));
  return {
    ...UNUSED,
    ...shown,
    cancel_at: ends.length > 0 ? Math.min(...ends) : null,
    items,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method },
  };
}

/** Fields of features that the twin does not have. */
const UNUSED = {
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_schedules: [],
  billing_thresholds: null,
  customer_account: null,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  livemode: false,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  test_clock: null,
  transfer_data: null,
  trial_end: null,
  trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' } },
  trial_start: null,
} as const;
