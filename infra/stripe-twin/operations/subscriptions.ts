import { cancelSubscription } from '../billing/cancel-subscription.ts';
import { hasEnded, itemsOf, presentSubscription, subscriptionOf } from '../objects/subscriptions.ts';
import type { Subscription } from '../records/subscriptions.ts';
import { noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { choice, flag, inRange, pageParams, params, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

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

/** Without a filter the ended ones are left out. */
function hasStatus(subscription: Subscription, wanted: (typeof STATUSES)[number] | undefined): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'ended') return hasEnded(subscription);
  if (wanted === undefined) return subscription.status !== 'canceled';
  return subscription.status === wanted;
}
