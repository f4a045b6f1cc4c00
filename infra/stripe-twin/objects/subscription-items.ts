import type { SubscriptionItem } from '../records/subscription-items.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { noSuch } from '../wire/errors.ts';
import { asStored } from './as-stored.ts';
import { planOf, priceFrom } from './prices.ts';

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
