import { changeItems } from '../billing/change-subscription.ts';
import { noSuch } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { pageOf } from '../http/pages.ts';
import { choice, flag, integer, metadata, pageParams, text, unixTime } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import type { Metadata } from './metadata.ts';
import { asStored } from './presentation.ts';
import { planOf, priceFrom } from './prices.ts';
import { changeableSubscription, itemsOf, subscriptionFrom } from './subscriptions.ts';

export interface SubscriptionItem {
  readonly id: string;
  readonly object: 'subscription_item';
  readonly created: number;
  readonly current_period_end: number;
  readonly current_period_start: number;
  readonly metadata: Metadata;
  readonly subscription: string;
  readonly price: string;
  /** `null` on metered items. */
  readonly quantity: number | null;
  /** Rank of its adding: usage that was reported earlier is not billed on it. Not shown. */
  readonly addedSequence: number;
}

/** How a change is charged; the same on items and on subscriptions. */
export const prorationParams = {
  payment_behavior: choice('allow_incomplete', 'default_incomplete', 'error_if_incomplete').optional(),
  proration_behavior: choice('always_invoice', 'create_prorations', 'none').optional(),
  proration_date: unixTime().optional(),
};

export const subscriptionItemOperations = [
  operation({
    method: 'POST',
    path: '/v1/subscription_items',
    params: {
      ...prorationParams,
      metadata: metadata().optional(),
      price: text(),
      quantity: integer({ min: 0 }).optional(),
      subscription: text(),
    },
    handle({ world, params: { subscription: id, price, quantity, metadata: given, ...proration } }) {
      const subscription = changeableSubscription(subscriptionFrom(world, id, 'subscription'));
      const change = { kind: 'add', price, quantity, metadata: given } as const;
      const [added] = changeItems(world, subscription, [change], proration);
      return added ? presentSubscriptionItem(world, added) : {};
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/subscription_items',
    params: { ...pageParams, subscription: text() },
    handle: ({ world, params: { subscription, ...page }, path }) =>
      pageOf(itemsOf(world, subscriptionFrom(world, subscription, 'subscription')), page, path, item =>
        presentSubscriptionItem(world, item),
      ),
  }),
  operation({
    method: 'GET',
    path: '/v1/subscription_items/{item}',
    params: {},
    handle: ({ world, ids }) => presentSubscriptionItem(world, itemOf(world, ids.item)),
  }),
  operation({
    method: 'POST',
    path: '/v1/subscription_items/{item}',
    params: {
      ...prorationParams,
      metadata: metadata().optional(),
      off_session: flag().optional(),
      price: text().optional(),
      quantity: integer({ min: 0 }).optional(),
    },
    handle({ world, params: { price, quantity, metadata: given, off_session, ...proration }, ids }) {
      const item = itemOf(world, ids.item);
      const subscription = changeableSubscription(subscriptionFrom(world, item.subscription, 'subscription'));
      const change = { kind: 'change', item: item.id, price, quantity, metadata: given } as const;
      const [changed] = changeItems(world, subscription, [change], proration);
      return changed ? presentSubscriptionItem(world, changed) : {};
    },
  }),
  operation({
    method: 'DELETE',
    path: '/v1/subscription_items/{item}',
    params: { ...prorationParams, clear_usage: flag().optional() },
    handle({ world, params: { clear_usage, ...proration }, ids }) {
      const item = itemOf(world, ids.item);
      const subscription = changeableSubscription(subscriptionFrom(world, item.subscription, 'subscription'));
      changeItems(
        world,
        subscription,
        [{ kind: 'remove', item: item.id, clearUsage: clear_usage ?? false }],
        proration,
      );
      return { id: item.id, object: 'subscription_item', deleted: true };
    },
  }),
];

export function itemOf(world: World, id: string): SubscriptionItem {
  const item = world.store.get('subscription_item', id);
  if (!item) throw noSuch('subscription_item', id, 'item');
  return item;
}

export function presentSubscriptionItem(world: World, item: SubscriptionItem): Wire {
  const { addedSequence, quantity, ...shown } = item;
  const price = priceFrom(world, item.price, 'price');
  return {
    ...shown,
    billing_thresholds: null,
    current_trial: null,
    discounts: [],
    plan: planOf(price),
    price: asStored(price),
    ...(quantity === null ? {} : { quantity }),
    tax_rates: [],
  };
}
