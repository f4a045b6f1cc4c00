import type { AnchorRule } from '../billing/calendar.ts';
import { cancelSubscription } from '../billing/cancel-subscription.ts';
import { invalidRequest, noSuch, noSuchParam } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { choice, flag, inRange, pageParams, params, text, timeRange } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { announce } from './announcing.ts';
import type { CustomField } from './customers.ts';
import type { CollectionMethod } from './invoices.ts';
import type { Metadata } from './metadata.ts';
import { presentSubscriptionItem, type SubscriptionItem } from './subscription-items.ts';

export type SubscriptionStatus = 'active' | 'canceled' | 'incomplete' | 'incomplete_expired' | 'past_due';

export interface Subscription {
  readonly id: string;
  readonly object: 'subscription';
  readonly billing_cycle_anchor: number;
  readonly billing_cycle_anchor_config: AnchorRule | null;
  readonly billing_mode: {
    readonly flexible: { readonly proration_discounts: 'included' | 'itemized' };
    readonly type: 'flexible';
    readonly updated_at: number;
  };
  readonly cancel_at_period_end: boolean;
  readonly canceled_at: number | null;
  readonly cancellation_details: {
    readonly comment: string | null;
    readonly feedback: string | null;
    readonly feedback_option: null;
    readonly reason: 'cancellation_requested' | 'payment_failed' | null;
  };
  readonly collection_method: CollectionMethod;
  readonly created: number;
  readonly currency: string;
  readonly customer: string;
  readonly days_until_due: number | null;
  readonly default_payment_method: string | null;
  readonly description: string | null;
  readonly ended_at: number | null;
  readonly invoice_settings: {
    readonly account_tax_ids: null;
    readonly custom_fields: readonly CustomField[] | null;
    readonly description: string | null;
    readonly footer: string | null;
    readonly issuer: { readonly type: 'self' };
  };
  readonly latest_invoice: string | null;
  readonly metadata: Metadata;
  readonly start_date: number;
  readonly status: SubscriptionStatus;
  /** Oldest first. Not shown as they are. */
  readonly itemIds: readonly string[];
}

/** Items that a subscription shows by itself; the rest is paged. */
const ITEMS_ON_SUBSCRIPTION = 10;

const STATUSES = [
  'active',
  'all',
  'canceled',
  'ended',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
] as const;

export const subscriptionOperations = [
  operation({
    method: 'GET',
    path: '/v1/subscriptions',
    params: {
      ...pageParams,
      collection_method: choice('charge_automatically', 'send_invoice').optional(),
      created: timeRange().optional(),
      customer: text().optional(),
      price: text().optional(),
      status: choice(...STATUSES).optional(),
    },
    handle({ world, params: filter, path }) {
      const subscriptions = newestFirst(
        world.store.all('subscription'),
        each =>
          inRange(filter.created, each.created) &&
          hasStatus(each, filter.status) &&
          (filter.collection_method === undefined || each.collection_method === filter.collection_method) &&
          (filter.customer === undefined || each.customer === filter.customer) &&
          (filter.price === undefined || itemsOf(world, each).some(item => item.price === filter.price)),
      );
      return pageOf(subscriptions, filter, path, each => presentSubscription(world, each));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscription}',
    params: {},
    handle: ({ world, ids }) => presentSubscription(world, subscriptionOf(world, ids.subscription)),
  }),
  operation({
    method: 'DELETE',
    path: '/v1/subscriptions/{subscription}',
    params: {
      cancellation_details: params({
        comment: text().optional(),
        feedback: choice(
          'customer_service',
          'low_quality',
          'missing_features',
          'other',
          'switched_service',
          'too_complex',
          'too_expensive',
          'unused',
        ).optional(),
      }).optional(),
      invoice_now: flag().optional(),
      prorate: flag().optional(),
    },
    handle({ world, params: { cancellation_details, invoice_now, prorate }, ids }) {
      const subscription = subscriptionOf(world, ids.subscription);
      if (hasEnded(subscription)) throw noSuch('subscription', subscription.id, 'subscription_exposed_id');
      const wishes = {
        invoiceNow: invoice_now ?? false,
        prorate: prorate ?? false,
        details: cancellation_details ?? {},
      };
      return presentSubscription(world, cancelSubscription(world, subscription, wishes));
    },
  }),
];

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
  const { itemIds, ...shown } = subscription;
  const url = `/v1/subscription_items?subscription=${subscription.id}`;
  const page = { limit: ITEMS_ON_SUBSCRIPTION };
  const all = itemsOf(world, subscription);
  const ends = subscription.cancel_at_period_end ? all.map(item => item.current_period_end) : [];
  const items = pageOf(all, page, url, item => presentSubscriptionItem(world, item));
  return { ...UNUSED, ...shown, cancel_at: ends.length > 0 ? Math.min(...ends) : null, items };
}

/** Work on the items of a subscription: what of it shows goes into one event. */
export function announcingItems<Result>(world: World, id: string, work: () => Result): Result {
  const before = presentSubscription(world, subscriptionOf(world, id));
  const result = work();
  const after = presentSubscription(world, subscriptionOf(world, id));
  const changed = JSON.stringify(before) !== JSON.stringify(after);
  if (changed) announce(world, 'customer.subscription.updated', after, before);
  return result;
}

/** Without a filter the ended ones are left out. */
function hasStatus(subscription: Subscription, wanted: (typeof STATUSES)[number] | undefined): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'ended') return hasEnded(subscription);
  if (wanted === undefined) return subscription.status !== 'canceled';
  return subscription.status === wanted;
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
  pause_collection: null,
  payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
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
