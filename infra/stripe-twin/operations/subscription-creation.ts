import { anchorByRule, naturalEnd } from '../billing/calendar.ts';
import { cycleOf } from '../billing/line-drafts.ts';
import { isMetered } from '../billing/metered-lines.ts';
import { type NewItem, startSubscription } from '../billing/start-subscription.ts';
import { refuseRepeatedPrice, refuseTooManyItems, refuseUnfitPrice } from '../billing/subscription-prices.ts';
import { customerFrom } from '../objects/customers.ts';
import { mergeMetadata } from '../objects/metadata.ts';
import { priceFrom } from '../objects/prices.ts';
import { presentSubscription } from '../objects/subscriptions.ts';
import type { Price } from '../records/prices.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuchParam } from '../wire/errors.ts';
import { choice, currency, integer, listOf, metadata, params, text, unixTime } from '../wire/params.ts';
import { operation } from './operation.ts';
import { subscriptionParams } from './subscription-params.ts';

const anchorRule = params({
  day_of_month: integer({ min: 1, max: 31 }),
  hour: integer({ min: 0, max: 23 }).optional(),
  minute: integer({ min: 0, max: 59 }).optional(),
  month: integer({ min: 1, max: 12 }).optional(),
  second: integer({ min: 0, max: 59 }).optional(),
});

export const subscriptionCreation = operation({
  method: 'POST',
  path: '/v1/subscriptions',
  params: {
    ...subscriptionParams,
    backdate_start_date: unixTime().optional(),
    billing_cycle_anchor: unixTime().optional(),
    billing_cycle_anchor_config: anchorRule.optional(),
    billing_mode: params({
      flexible: params({ proration_discounts: choice('included', 'itemized').optional() }).optional(),
      type: choice('flexible'),
    }).optional(),
    currency: currency().optional(),
    customer: text(),
    items: listOf(params({ metadata: metadata().optional(), price: text(), quantity: integer({ min: 0 }).optional() })),
  },
  handle({ world, params: fields }) {
    const customer = customerFrom(world, fields.customer);
    const prices = fields.items.map((item, index) => priceFrom(world, item.price, `items[${index}][price]`));
    const first = prices[0];
    if (!first)
      throw invalidRequest('A subscription must have at least one item.', {
        param: 'items',
        code: 'parameter_missing',
      });
    const start = startOf(world, fields.backdate_start_date);
    const now = world.unixNow();
    const blank: Subscription = {
      id: world.ids.next('sub'),
      object: 'subscription',
      ...anchorFor(world, start, prices, fields),
      billing_mode: {
        flexible: { proration_discounts: fields.billing_mode?.flexible?.proration_discounts ?? 'included' },
        type: 'flexible',
        updated_at: now,
      },
      cancel_at_period_end: fields.cancel_at_period_end ?? false,
      canceled_at: fields.cancel_at_period_end ? now : null,
      cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
      ...collectionFor(fields),
      created: now,
      currency: fields.currency ?? first.currency,
      customer: customer.id,
      default_payment_method: ownMethod(world, customer.id, fields.default_payment_method ?? null),
      description: fields.description ?? null,
      ended_at: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: fields.invoice_settings?.custom_fields ?? null,
        description: fields.invoice_settings?.description ?? null,
        footer: fields.invoice_settings?.footer ?? null,
        issuer: { type: 'self' },
      },
      latest_invoice: null,
      metadata: mergeMetadata({}, fields.metadata),
      pause_collection: null,
      save_default_payment_method: fields.payment_settings?.save_default_payment_method ?? 'off',
      start_date: start,
      status: 'active',
      itemIds: [],
      recentCalls: { quantities: [], invoices: [] },
    };
    requireFitting(world, blank, fields.items);
    const behavior = fields.payment_behavior ?? 'allow_incomplete';
    const prorate = fields.proration_behavior !== 'none';
    return presentSubscription(
      world,
      startSubscription(world, blank, fields.items, { behavior, offSession: fields.off_session ?? false, prorate }),
    );
  },
});

/** @throws ApiError 400 unless the method is attached to the customer */
export function ownMethod(world: World, customer: string, method: string | null): string | null {
  if (method === null || world.store.get('payment_method', method)?.customer === customer) return method;
  throw noSuchParam('PaymentMethod', method, 'default_payment_method');
}

interface CollectionWishes {
  readonly collection_method?: Subscription['collection_method'] | undefined;
  readonly days_until_due?: number | undefined;
}

/** `send_invoice` needs a number of days; automatic charging must not have one. */
export function collectionFor(wishes: CollectionWishes): Pick<Subscription, 'collection_method' | 'days_until_due'> {
  const { collection_method = 'charge_automatically', days_until_due } = wishes;
  if (collection_method === 'charge_automatically' && days_until_due !== undefined) {
    throw invalidRequest('`days_until_due` can only be set when `collection_method` is `send_invoice`.', {
      param: 'days_until_due',
    });
  }
  if (collection_method === 'send_invoice' && days_until_due === undefined) {
    throw invalidRequest('You must specify `days_until_due` when `collection_method` is `send_invoice`.', {
      param: 'days_until_due',
      code: 'parameter_missing',
    });
  }
  return { collection_method, days_until_due: days_until_due ?? null };
}

function startOf(world: World, backdated: number | undefined): number {
  const now = world.unixNow();
  if (backdated === undefined) return now;
  if (backdated > now) {
    throw invalidRequest('The `backdate_start_date` must be in the past.', { param: 'backdate_start_date' });
  }
  return backdated;
}

interface AnchorWishes {
  readonly billing_cycle_anchor?: number | undefined;
  readonly billing_cycle_anchor_config?:
    | {
        readonly day_of_month: number;
        readonly hour?: number | undefined;
        readonly minute?: number | undefined;
        readonly month?: number | undefined;
        readonly second?: number | undefined;
      }
    | undefined;
}

type Anchored = Pick<Subscription, 'billing_cycle_anchor' | 'billing_cycle_anchor_config'>;

function anchorFor(world: World, start: number, prices: readonly Price[], wishes: AnchorWishes): Anchored {
  const { billing_cycle_anchor: given, billing_cycle_anchor_config: rule } = wishes;
  const now = world.unixNow();
  if (given !== undefined && rule !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: billing_cycle_anchor, billing_cycle_anchor_config.',
    );
  }
  if (rule !== undefined) return anchorFromRule(now, prices, rule);
  if (given === undefined) return { billing_cycle_anchor: start, billing_cycle_anchor_config: null };
  if (given < now) {
    throw invalidRequest('`billing_cycle_anchor` must be a timestamp in the future.', {
      param: 'billing_cycle_anchor',
    });
  }
  if (prices.some(price => price.recurring && given > naturalEnd(now, cycleOf(price)))) {
    throw invalidRequest('`billing_cycle_anchor` cannot be later than next natural billing date.', {
      param: 'billing_cycle_anchor',
    });
  }
  return { billing_cycle_anchor: given, billing_cycle_anchor_config: null };
}

function anchorFromRule(
  now: number,
  prices: readonly Price[],
  rule: NonNullable<AnchorWishes['billing_cycle_anchor_config']>,
): Anchored {
  const monthly = prices.every(price => price.recurring?.interval === 'month' || price.recurring?.interval === 'year');
  if (!monthly) {
    throw invalidRequest('`billing_cycle_anchor_config` needs prices with a monthly or yearly interval.', {
      param: 'billing_cycle_anchor_config',
    });
  }
  const { day_of_month, hour = null, minute = null, month = null, second = null } = rule;
  const complete = { day_of_month, hour, minute, month, second };
  return { billing_cycle_anchor: anchorByRule(complete, now), billing_cycle_anchor_config: complete };
}

function requireFitting(world: World, subscription: Subscription, items: readonly NewItem[]): void {
  refuseTooManyItems(items.length);
  refuseRepeatedPrice(items.map(item => item.price));
  items.forEach((item, index) => {
    refuseUnfitPrice(world, subscription.currency, item.price);
    if (item.quantity !== undefined && isMetered(priceFrom(world, item.price, 'price'))) {
      throw invalidRequest('Quantity should not be specified where usage_type is `metered`.', {
        param: `items[${index}][quantity]`,
      });
    }
  });
}
