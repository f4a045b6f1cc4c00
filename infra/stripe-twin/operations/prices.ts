import { update } from '../events/recording.ts';
import { asStored } from '../objects/as-stored.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import type { Price } from '../records/prices.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
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
} from '../wire/params.ts';
import { claimLookupKey, taxBehavior } from './lookup-keys.ts';
import { operation } from './operation.ts';

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

function priceOf(world: World, id: string): Price {
  const price = world.store.get('price', id);
  if (!price) throw noSuch('price', id, 'price');
  return price;
}
