import { invalidRequest } from '../http/errors.ts';
import { priceFrom } from '../resources/prices.ts';
import type { SubscriptionItem } from '../resources/subscription-items.ts';
import type { World } from '../world.ts';
import { isMetered } from './metered-lines.ts';

/** @throws ApiError 400 for a price that cannot stand beside the items that are there */
export function refuseUnfitPrice(
  world: World,
  subscription: { readonly currency: string },
  priceId: string,
  items: readonly Pick<SubscriptionItem, 'price'>[],
): void {
  const price = priceFrom(world, priceId, 'price');
  if (!price.active) {
    throw invalidRequest(`The price specified is inactive. This field only accepts active prices.`, { param: 'price' });
  }
  if (!price.recurring) {
    throw invalidRequest(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      {
        param: 'price',
      },
    );
  }
  if (price.currency !== subscription.currency) {
    throw invalidRequest(
      `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${subscription.currency}\`.`,
      {
        param: 'price',
      },
    );
  }
  if (items.some(item => item.price === priceId)) {
    throw invalidRequest(`Cannot add multiple subscription items with the same price: ${priceId}`, { param: 'price' });
  }
  if (isMetered(price) && world.store.get('billing.meter', price.recurring.meter ?? '')?.status !== 'active') {
    throw invalidRequest('The meter of this price is inactive.', { param: 'price', code: 'archived_meter' });
  }
}
