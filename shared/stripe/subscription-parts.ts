import type Stripe from 'stripe';
import * as z from 'zod';
import type { Subscription, SubscriptionPart } from '#shared/accounts/provisioning/billing-provider.ts';
import type { Part, PartChanges } from '#shared/accounts/provisioning/part.ts';
import { quantityAfter } from '#shared/accounts/provisioning/part-changes.ts';
import { MOST_PRICES } from '#shared/catalog/billable.ts';
import { Conflict } from '#shared/platform/failure.ts';
import { TOO_MANY_ITEMS } from './refusal-codes.ts';

/** Metadata key by which we know what we put there, and what for; what a person adds at the dashboard has none. */
const PART_TAG = 'dunlin_part';
/** Beside a quantity of ours, in the same call: another one there is a person's. */
const QUANTITY_TAG = 'dunlin_quantity';
/** Coupons carry no metadata of their use; ours have ids that begin like those of the catalog's products. */
const OUR_COUPONS = 'dunlin_';

/** @throws Conflict `too-many-items` before Stripe refuses it */
function checkItems(count: number): void {
  if (count > MOST_PRICES) throw new Conflict(TOO_MANY_ITEMS.code, TOO_MANY_ITEMS.detail);
}

/** A subscription item, as far as it is read. */
export const Item = z.object({
  id: z.string(),
  price: z.object({ id: z.string(), recurring: z.object({ usage_type: z.string() }).nullish() }),
  quantity: z.int().optional(),
  metadata: z.record(z.string(), z.string()).nullish(),
  current_period_start: z.int(),
  current_period_end: z.int(),
});
export type Item = z.infer<typeof Item>;

/** Asked for with every subscription that is read: an id of a discount does not say which coupon it is of. */
export const WITH_DISCOUNTS = ['discounts'];

const Discounts = z.array(
  z.object({ id: z.string(), source: z.object({ coupon: z.union([z.string(), z.object({ id: z.string() })]) }) }),
);
const TaxRates = z.array(z.object({ id: z.string(), metadata: z.record(z.string(), z.string()).nullish() }));

export function subscriptionParts(found: Stripe.Subscription, items: readonly Item[]): SubscriptionPart[] {
  const promotions = Discounts.parse(found.discounts).map(({ id, source }): SubscriptionPart => {
    const coupon = typeof source.coupon === 'string' ? source.coupon : source.coupon.id;
    return { kind: 'promotion', id: coupon, reference: id, isOurs: coupon.startsWith(OUR_COUPONS) };
  });
  const taxRates = TaxRates.parse(found.default_tax_rates ?? []).map(
    ({ id, metadata }): SubscriptionPart => ({ kind: 'tax-rate', id, reference: id, isOurs: hasTag(metadata) }),
  );
  return [...items.map(itemPart), ...promotions, ...taxRates];
}

function itemPart({ id, price, quantity, metadata }: Item): SubscriptionPart {
  const kind = quantity === undefined ? 'metered' : metadata?.[PART_TAG] === 'add-on' ? 'add-on' : 'fee';
  const noted = metadata?.[QUANTITY_TAG];
  const ourQuantity = noted === undefined || !/^\d+$/.test(noted) ? undefined : Number(noted);
  return { kind, id: price.id, quantity, ourQuantity, reference: id, isOurs: hasTag(metadata) };
}

/** Items whose quantity a person changed. */
export function changedQuantities(items: readonly Item[]): { price: string; quantity: number; ours: number }[] {
  return items.map(itemPart).flatMap(({ id, quantity, ourQuantity }) => {
    if (quantity === undefined || ourQuantity === undefined || quantity === ourQuantity) return [];
    return [{ price: id, quantity, ours: ourQuantity }];
  });
}

function hasTag(metadata: Readonly<Record<string, string>> | null | undefined): boolean {
  return metadata?.[PART_TAG] !== undefined;
}

/** What a new subscription consists of. */
export function partsParams(parts: readonly Part[]): Pick<Stripe.SubscriptionCreateParams, PartsParam> {
  const promotions = parts.filter(isPromotion);
  const taxRates = parts.filter(isTaxRate);
  checkItems(parts.filter(isItem).length);
  return {
    items: parts.filter(isItem).map(itemParams),
    ...(promotions.length > 0 && { discounts: promotions.map(({ id }) => ({ coupon: id })) }),
    ...(taxRates.length > 0 && { default_tax_rates: taxRates.map(({ id }) => id) }),
  };
}

type PartsParam = 'items' | 'discounts' | 'default_tax_rates';

/** Items are changed one by one; promotions and tax rates are given as whole lists, those of other people with them. */
export function changeParams(
  current: Subscription,
  changes: PartChanges,
): Pick<Stripe.SubscriptionUpdateParams, PartsParam> {
  const all = [...changes.add, ...changes.set, ...changes.remove];
  const removed = new Set(changes.remove.map(({ id }) => id));
  // Also of one that has more already, which only a person can have made, items may be taken away.
  if (changes.add.some(isItem)) checkItems(current.parts.filter(isItem).length + changes.add.filter(isItem).length);
  const kept = current.parts.filter(({ id }) => !removed.has(id));
  const discounts = [
    ...kept.filter(isPromotion).map(({ reference }) => ({ discount: reference })),
    ...changes.add.filter(isPromotion).map(({ id }) => ({ coupon: id })),
  ];
  const taxRates = [...kept, ...changes.add].filter(isTaxRate).map(({ id }) => id);
  return {
    ...(all.some(isItem) && {
      items: [
        ...changes.set.filter(isItem).map(part => quantityParams(itemOf(current, part), quantityOf(part))),
        ...changes.remove.filter(isItem).map(part => ({ id: itemOf(current, part).reference, deleted: true })),
        ...changes.add.filter(isItem).map(itemParams),
      ],
    }),
    ...(all.some(isPromotion) && { discounts: discounts.length > 0 ? discounts : '' }),
    ...(all.some(isTaxRate) && { default_tax_rates: taxRates.length > 0 ? taxRates : '' }),
  };
}

type Kinded = Pick<Part, 'kind' | 'id'>;

function isPromotion({ kind }: Kinded): boolean {
  return kind === 'promotion';
}

function isTaxRate({ kind }: Kinded): boolean {
  return kind === 'tax-rate';
}

function isItem(part: Kinded): boolean {
  return !isPromotion(part) && !isTaxRate(part);
}

function itemParams({ kind, id, quantity }: Part) {
  const noted = quantity !== undefined && { [QUANTITY_TAG]: String(quantity) };
  return { price: id, ...(quantity !== undefined && { quantity }), metadata: { [PART_TAG]: kind, ...noted } };
}

function quantityParams(item: SubscriptionPart, ours: number) {
  return { id: item.reference, quantity: quantityAfter(item, ours), metadata: { [QUANTITY_TAG]: String(ours) } };
}

function itemOf({ parts, id: subscription }: Subscription, { id: price }: Kinded): SubscriptionPart {
  const item = parts.find(part => isItem(part) && part.id === price);
  if (item === undefined) throw new RangeError(`The subscription ${subscription} has no item with the price ${price}`);
  return item;
}

function quantityOf({ id, quantity }: Part): number {
  if (quantity === undefined) throw new RangeError(`No quantity was given for the price ${id}`);
  return quantity;
}
