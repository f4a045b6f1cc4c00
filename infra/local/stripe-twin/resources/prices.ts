import { parseFixed, printFixed, UNIT } from '../billing/fixed.ts';
import { invalidRequest, noSuch, noSuchParam } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import {
  choice,
  clearable,
  currency,
  decimal,
  flag,
  inRange,
  integer,
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
import { createProduct, productFrom } from './products.ts';
import { create, update } from './recording.ts';

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

const recurringParams = params({
  interval: choice('day', 'week', 'month', 'year'),
  interval_count: integer({ min: 1 }).optional(),
  meter: text().optional(),
  usage_type: choice('licensed', 'metered').optional(),
});

const taxBehavior = choice('exclusive', 'inclusive', 'unspecified').optional();

export const priceOperations = [
  operation({
    method: 'POST',
    path: '/v1/prices',
    params: {
      active: flag().optional(),
      billing_scheme: choice('per_unit').optional(),
      currency: currency(),
      lookup_key: text(200).optional(),
      metadata: metadata().optional(),
      nickname: text().optional(),
      product: text().optional(),
      product_data: params({
        active: flag().optional(),
        id: text().optional(),
        metadata: metadata().optional(),
        name: text(),
        statement_descriptor: text(22).optional(),
        unit_label: text(12).optional(),
      }).optional(),
      recurring: recurringParams.optional(),
      tax_behavior: taxBehavior,
      transfer_lookup_key: flag().optional(),
      unit_amount: integer({ min: 0 }).optional(),
      unit_amount_decimal: decimal().optional(),
    },
    handle({ world, params: fields }) {
      const recurring = fields.recurring ? completeRecurring(world, fields.recurring) : null;
      const price: Price = {
        id: world.ids.next('price'),
        object: 'price',
        active: fields.active ?? true,
        billing_scheme: 'per_unit',
        created: world.unixNow(),
        currency: fields.currency,
        custom_unit_amount: null,
        livemode: false,
        lookup_key: claimLookupKey(world, fields.lookup_key ?? null, fields.transfer_lookup_key ?? false),
        metadata: mergeMetadata({}, fields.metadata),
        nickname: fields.nickname ?? null,
        product: productIdFor(world, fields),
        recurring,
        tax_behavior: fields.tax_behavior ?? 'unspecified',
        tiers_mode: null,
        transform_quantity: null,
        type: recurring ? 'recurring' : 'one_time',
        ...unitAmounts(fields),
      };
      return asStored(create(world, 'price', 'price.created', price));
    },
  }),
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

interface ProductChoice {
  readonly product?: string | undefined;
  readonly product_data?:
    | ({ readonly name: string; readonly id?: string | undefined } & Parameters<typeof createProduct>[3])
    | undefined;
}

function productIdFor(world: World, { product, product_data }: ProductChoice): string {
  if (product !== undefined && product_data !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: product, product_data.');
  }
  if (product !== undefined) return productFrom(world, product, 'product').id;
  if (product_data === undefined) {
    throw invalidRequest('You must specify either `product` or `product_data` when creating a price.', {
      code: 'parameter_missing',
      param: 'product',
    });
  }
  const { name, id, ...fields } = product_data;
  return createProduct(world, name, id, fields).id;
}

interface Amounts {
  readonly unit_amount?: number | undefined;
  readonly unit_amount_decimal?: string | undefined;
}

function unitAmounts({
  unit_amount,
  unit_amount_decimal,
}: Amounts): Pick<Price, 'unit_amount' | 'unit_amount_decimal'> {
  if ((unit_amount === undefined) === (unit_amount_decimal === undefined)) {
    throw invalidRequest('You must specify exactly one of unit_amount and unit_amount_decimal.', {
      param: 'unit_amount',
    });
  }
  const exact = parseFixed(unit_amount_decimal ?? String(unit_amount));
  if (exact === undefined || exact < 0n) {
    throw invalidRequest(`Invalid decimal: ${unit_amount_decimal}`, { param: 'unit_amount_decimal' });
  }
  return { unit_amount: exact % UNIT === 0n ? Number(exact / UNIT) : null, unit_amount_decimal: printFixed(exact) };
}

interface GivenRecurring {
  readonly interval: Recurring['interval'];
  readonly interval_count?: number | undefined;
  readonly meter?: string | undefined;
  readonly usage_type?: Recurring['usage_type'] | undefined;
}

const LONGEST: Readonly<Record<Recurring['interval'], number>> = { day: 1_095, week: 156, month: 36, year: 3 };

function completeRecurring(world: World, fields: GivenRecurring): Recurring {
  const usage_type = fields.usage_type ?? 'licensed';
  const interval_count = fields.interval_count ?? 1;
  if (interval_count > LONGEST[fields.interval]) {
    throw invalidRequest('A price can be charged at most every three years.', { param: 'recurring[interval_count]' });
  }
  if (usage_type === 'metered' && fields.meter === undefined) {
    throw invalidRequest('Metered prices must be backed by a meter.', {
      param: 'recurring[meter]',
      code: 'parameter_missing',
    });
  }
  if (fields.meter !== undefined) requireActiveMeter(world, fields.meter, usage_type);
  return {
    interval: fields.interval,
    interval_count,
    meter: fields.meter ?? null,
    trial_period_days: null,
    usage_type,
  };
}

function requireActiveMeter(world: World, id: string, usageType: Recurring['usage_type']): void {
  if (usageType !== 'metered') {
    throw invalidRequest('A meter can only be used with `usage_type` metered.', { param: 'recurring[meter]' });
  }
  const meter = world.store.get('billing.meter', id);
  if (!meter) throw noSuchParam('billing meter', id, 'recurring[meter]');
  if (meter.status !== 'active') {
    throw invalidRequest('An inactive meter cannot be attached to a price.', {
      param: 'recurring[meter]',
      code: 'archived_meter',
    });
  }
}

/** A lookup key names one price at a time; with `transfer` it moves in the same step. */
function claimLookupKey(world: World, key: string | null, transfer: boolean): string | null {
  if (key === null) return null;
  const holder = [...world.store.all('price')].find(price => price.lookup_key === key);
  if (!holder) return key;
  if (!transfer) {
    throw invalidRequest(`A price (\`${holder.id}\`) already uses that lookup key.`, { param: 'lookup_key' });
  }
  update(world, 'price', 'price.updated', { ...holder, lookup_key: null });
  return key;
}
