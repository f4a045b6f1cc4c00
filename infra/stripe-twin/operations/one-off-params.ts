import { UNIT } from '../billing/fixed.ts';
import { amountOf } from '../billing/line-drafts.ts';
import { priceFrom } from '../objects/prices.ts';
import type { InvoiceItem } from '../records/invoice-items.ts';
import type { Metadata } from '../records/metadata.ts';
import type { World } from '../store/world.ts';
import { invalidRequest } from '../wire/errors.ts';
import { integer, metadata, params, text, unixTime } from '../wire/params.ts';

/** What an item or line of its own is described by: an amount, or a one-time price and a quantity. */
export const oneOffParams = {
  amount: integer().optional(),
  description: text().optional(),
  metadata: metadata().optional(),
  period: params({ start: unixTime(), end: unixTime() }).optional(),
  pricing: params({ price: text() }).optional(),
  quantity: integer({ min: 0 }).optional(),
};

interface Wish {
  readonly amount?: number | undefined;
  readonly description?: string | undefined;
  readonly metadata?: Metadata | undefined;
  readonly period?: { readonly start: number; readonly end: number } | undefined;
  readonly pricing?: { readonly price: string } | undefined;
  readonly quantity?: number | undefined;
}

interface Place {
  readonly customer: string;
  /** As far as it is known without the price. */
  readonly currency: string | undefined;
  readonly subscription: string | null;
}

/** @throws ApiError 400 when there is no amount, or two */
export function newOneOff(world: World, place: Place, wish: Wish): InvoiceItem {
  const now = world.unixNow();
  return {
    id: world.ids.next('ii'),
    object: 'invoiceitem',
    ...chargeOf(world, place, wish),
    customer: place.customer,
    date: now,
    description: wish.description ?? null,
    invoice: null,
    metadata: wish.metadata ?? {},
    period: wish.period ?? { start: now, end: now },
    proration: false,
    subscription: place.subscription,
    subscriptionItem: null,
    credited: null,
  };
}

function chargeOf(
  world: World,
  place: Place,
  { amount, pricing, quantity }: Wish,
): Pick<InvoiceItem, 'amount' | 'currency' | 'price' | 'quantity'> {
  if ((amount === undefined) === (pricing === undefined)) {
    throw invalidRequest('Give either `amount` or `pricing`.', { param: amount === undefined ? 'amount' : 'pricing' });
  }
  if (pricing === undefined) {
    if (place.currency === undefined) {
      throw invalidRequest('Missing required param: currency.', { param: 'currency', code: 'parameter_missing' });
    }
    if (quantity !== undefined) throw invalidRequest('`quantity` goes with `pricing` only.', { param: 'quantity' });
    return { amount: amount ?? 0, currency: place.currency, price: null, quantity: 1 };
  }
  const price = priceFrom(world, pricing.price, 'pricing[price]');
  if (price.recurring) {
    throw invalidRequest(
      'The price specified is set to `type=recurring` but this field only accepts `type=one_time`.',
      {
        param: 'pricing[price]',
      },
    );
  }
  const count = quantity ?? 1;
  return { amount: amountOf(price, BigInt(count) * UNIT), currency: price.currency, price: price.id, quantity: count };
}
