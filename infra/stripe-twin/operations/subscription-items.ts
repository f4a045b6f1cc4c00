import { changeItems } from '../billing/change-subscription.ts';
import { itemOf, presentSubscriptionItem } from '../objects/subscription-items.ts';
import { changeableSubscription, itemsOf, subscriptionFrom } from '../objects/subscriptions.ts';
import { pageOf } from '../wire/pages.ts';
import { flag, integer, metadata, pageParams, text } from '../wire/params.ts';
import { operation } from './operation.ts';
import { prorationParams } from './subscription-params.ts';
import { refuseClearing } from './subscription-updates.ts';

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
    handle({ world, params: { price, quantity, metadata: given, ...proration }, ids }) {
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
      if (clear_usage) throw refuseClearing('clear_usage');
      changeItems(world, subscription, [{ kind: 'remove', item: item.id }], proration);
      return { id: item.id, object: 'subscription_item', deleted: true };
    },
  }),
];
