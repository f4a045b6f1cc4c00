import type { Price } from '../records/prices.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { noSuchParam } from '../wire/errors.ts';

export function priceFrom(world: World, id: string, param: string): Price {
  const price = world.store.get('price', id);
  if (!price) throw noSuchParam('price', id, param);
  return price;
}

/** The price in the older words that subscription items still carry beside it. */
export function planOf(price: Price): Wire {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: price.recurring?.usage_type ?? 'licensed',
  };
}
