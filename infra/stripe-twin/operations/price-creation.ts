import { parseFixed, printFixed, UNIT } from '../billing/fixed.ts';
import { create } from '../events/recording.ts';
import { asStored } from '../objects/as-stored.ts';
import { mergeMetadata } from '../objects/metadata.ts';
import { productFrom } from '../objects/products.ts';
import type { Price, Recurring } from '../records/prices.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuchParam } from '../wire/errors.ts';
import { choice, currency, decimal, flag, integer, metadata, params, text } from '../wire/params.ts';
import { claimLookupKey, taxBehavior } from './lookup-keys.ts';
import { operation } from './operation.ts';
import { createProduct } from './products.ts';

const recurringParams = params({
  interval: choice('day', 'week', 'month', 'year'),
  interval_count: integer({ min: 1 }).optional(),
  meter: text().optional(),
  usage_type: choice('licensed', 'metered').optional(),
});

export const priceCreation = operation({
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
});

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
