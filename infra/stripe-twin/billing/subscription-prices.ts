import { priceFrom } from '../objects/prices.ts';
import type { World } from '../store/world.ts';
import { invalidRequest } from '../wire/errors.ts';
import { isMetered } from './metered-lines.ts';

/** @throws ApiError 400 for a price that cannot be on a subscription in this currency */
export function refuseUnfitPrice(world: World, currency: string, priceId: string): void {
  const price = priceFrom(world, priceId, 'price');
  const refused = (message: string, code?: string) =>
    invalidRequest(message, code === undefined ? { param: 'price' } : { param: 'price', code });
  if (!price.active) throw refused('The price specified is inactive. This field only accepts active prices.');
  if (!price.recurring) {
    throw refused(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
    );
  }
  if (price.currency !== currency) {
    throw refused(
      `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
    );
  }
  if (isMetered(price) && world.store.get('billing.meter', price.recurring.meter ?? '')?.status !== 'active') {
    throw refused('The meter of this price is inactive.', 'archived_meter');
  }
}

/** docs.stripe.com/api/subscriptions/create: up to 20 items. */
const ITEMS_AT_MOST = 20;

/** @throws ApiError 400 */
export function refuseTooManyItems(count: number): void {
  if (count <= ITEMS_AT_MOST) return;
  throw invalidRequest(`A subscription can have at most ${ITEMS_AT_MOST} items.`, { param: 'items' });
}

/** @throws ApiError 400 when two items have the same price */
export function refuseRepeatedPrice(prices: readonly string[]): void {
  const repeated = prices.find((price, position) => prices.indexOf(price) !== position);
  if (repeated === undefined) return;
  throw invalidRequest(`Cannot add multiple subscription items with the same price: ${repeated}`, { param: 'price' });
}
