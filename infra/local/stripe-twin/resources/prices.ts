import { invalidRequest, noSuch, noSuchParam } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import {
  choice,
  clearable,
  currency,
  flag,
  inRange,
  listOf,
  metadata,
  pageParams,
  params,
  text,
  timeRange,
} from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { given, type Metadata, mergeMetadata } from './metadata.ts';
import { asStored } from './presentation.ts';
import { update } from './recording.ts';

export interface Recurring {
  readonly interval: 'day' | 'week' | 'month' | 'year';
  readonly interval_count: number;
  readonly meter: string | null;
  readonly trial_period_days: null;
  readonly usage_type: 'licensed' | 'metered';
}

export interface Price {
  readonly id: string;
  readonly object: 'price';
  readonly active: boolean;
  readonly billing_scheme: 'per_unit';
  readonly created: number;
  readonly currency: string;
  readonly custom_unit_amount: null;
  readonly livemode: false;
  readonly lookup_key: string | null;
  readonly metadata: Metadata;
  readonly nickname: string | null;
  readonly product: string;
  readonly recurring: Recurring | null;
  readonly tax_behavior: 'exclusive' | 'inclusive' | 'unspecified';
  readonly tiers_mode: null;
  readonly transform_quantity: null;
  readonly type: 'one_time' | 'recurring';
  readonly unit_amount: number | null;
  /** Minor units, up to 12 decimal places. */
  readonly unit_amount_decimal: string;
}

export const taxBehavior = choice('exclusive', 'inclusive', 'unspecified').optional();

export const priceOperations = [
  operation({
    method: 'GET',
    path: '/v1/prices',
    params: {
      ...pageParams,
      active: flag().optional(),
      created: timeRange().optional(),
      currency: currency().optional(),
      lookup_keys: listOf(text(200), 10).optional(),
      product: text().optional(),
      recurring: params({
        interval: choice('day', 'week', 'month', 'year').optional(),
        meter: text().optional(),
        usage_type: choice('licensed', 'metered').optional(),
      }).optional(),
      type: choice('one_time', 'recurring').optional(),
    },
    handle({ world, params: filter, path }) {
      const same = <Value>(wanted: Value | undefined, value: Value) => wanted === undefined || wanted === value;
      const prices = newestFirst(
        world.store.all('price'),
        each =>
          inRange(filter.created, each.created) &&
          same(filter.active, each.active) &&
          same(filter.currency, each.currency) &&
          same(filter.product, each.product) &&
          same(filter.type, each.type) &&
          same(filter.recurring?.interval, each.recurring?.interval) &&
          same(filter.recurring?.meter, each.recurring?.meter ?? undefined) &&
          same(filter.recurring?.usage_type, each.recurring?.usage_type) &&
          (filter.lookup_keys === undefined ||
            (each.lookup_key !== null && filter.lookup_keys.includes(each.lookup_key))),
      );
      return pageOf(prices, filter, path, asStored);
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/prices/{price}',
    params: {},
    handle: ({ world, ids }) => asStored(priceOf(world, ids.price)),
  }),
  operation({
    method: 'POST',
    path: '/v1/prices/{price}',
    params: {
      active: flag().optional(),
      lookup_key: clearable(text(200)).optional(),
      metadata: metadata().optional(),
      nickname: clearable(text()).optional(),
      tax_behavior: taxBehavior,
      transfer_lookup_key: flag().optional(),
    },
    handle({ world, params: fields, ids }) {
      const standing = priceOf(world, ids.price);
      if (
        fields.tax_behavior !== undefined &&
        standing.tax_behavior !== 'unspecified' &&
        fields.tax_behavior !== standing.tax_behavior
      ) {
        throw invalidRequest('You cannot change the tax behavior once it is set.', { param: 'tax_behavior' });
      }
      const wantsOtherKey = fields.lookup_key !== undefined && fields.lookup_key !== standing.lookup_key;
      const lookup_key = wantsOtherKey
        ? claimLookupKey(world, fields.lookup_key ?? null, fields.transfer_lookup_key ?? false)
        : standing.lookup_key;
      const next: Price = {
        ...standing,
        active: given(fields.active, standing.active),
        lookup_key,
        metadata: mergeMetadata(standing.metadata, fields.metadata),
        nickname: given(fields.nickname, standing.nickname),
        tax_behavior: given(fields.tax_behavior, standing.tax_behavior),
      };
      return asStored(update(world, 'price', 'price.updated', next));
    },
  }),
];

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

function priceOf(world: World, id: string): Price {
  const price = world.store.get('price', id);
  if (!price) throw noSuch('price', id, 'price');
  return price;
}

/** A lookup key names one price at a time; with `transfer` it moves in the same step. */
export function claimLookupKey(world: World, key: string | null, transfer: boolean): string | null {
  if (key === null) return null;
  const holder = [...world.store.all('price')].find(price => price.lookup_key === key);
  if (!holder) return key;
  if (!transfer) {
    throw invalidRequest(`A price (\`${holder.id}\`) already uses that lookup key.`, { param: 'lookup_key' });
  }
  update(world, 'price', 'price.updated', { ...holder, lookup_key: null });
  return key;
}
