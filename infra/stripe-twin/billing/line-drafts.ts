import { pricingOf } from '../objects/invoice-lines.ts';
import type { CreditedItems, InvoiceLine } from '../records/invoice-lines.ts';
import type { Price } from '../records/prices.ts';
import type { Span } from '../records/span.ts';
import type { SubscriptionItem } from '../records/subscription-items.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { type Anchor, type Cycle, periodAt } from './calendar.ts';
import { type Fixed, parseFixed, printFixed, roundedRatio, UNIT } from './fixed.ts';
import { chargeWording, partialWording } from './wording.ts';

/** A line before it has an id and an invoice. */
export interface LineDraft {
  /** Minor units. */
  readonly amount: number;
  readonly quantity: Fixed;
  readonly price: Price;
  readonly item: string;
  readonly period: Span;
  readonly description: string;
  readonly proration: boolean;
  readonly invoiceItem?: string;
  readonly credited?: CreditedItems | null;
}

/** Quantity × unit amount, rounded half up to whole minor units: once, on the line. */
export function amountOf(price: Price, quantity: Fixed): number {
  return roundedRatio(quantity * unitAmount(price), UNIT * UNIT);
}

/** The share of a whole period's fee for a part of it, by the second; rounded once. */
export function proratedAmount(price: Price, quantity: number, part: number, whole: number): number {
  return roundedRatio(BigInt(quantity) * unitAmount(price) * BigInt(part), UNIT * BigInt(whole));
}

/** The fee of a licensed item for a period of its cycle from `from` on: whole, or the share that is left of it. */
export function feeLine(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  price: Price,
  from: number,
): LineDraft {
  const whole = periodAt(anchorOf(subscription), cycleOf(price), from);
  const period = { start: from, end: whole.end };
  const quantity = item.quantity ?? 1;
  const fixed = BigInt(quantity) * UNIT;
  const common = { quantity: fixed, price, item: item.id, period };
  if (from === whole.start) {
    return {
      ...common,
      amount: amountOf(price, fixed),
      description: chargeWording(world, price, fixed),
      proration: false,
    };
  }
  const amount = proratedAmount(price, quantity, whole.end - from, whole.end - whole.start);
  const description = partialWording(world, price, quantity, from, whole.end);
  return { ...common, amount, description, proration: true };
}

export function anchorOf(subscription: Subscription): Anchor {
  return { at: subscription.billing_cycle_anchor, dayOfMonth: subscription.billing_cycle_anchor_config?.day_of_month };
}

/** How often a price is charged; only recurring prices get onto subscriptions. */
export function cycleOf(price: Price): Cycle {
  if (!price.recurring) throw new Error(`${price.id} is not recurring`);
  return price.recurring;
}

export function lineFrom(draft: LineDraft, id: string, invoice: string, subscription: Subscription): InvoiceLine {
  return {
    id,
    object: 'line_item',
    amount: draft.amount,
    currency: draft.price.currency,
    description: draft.description,
    discount_amounts: [],
    discountable: !draft.proration,
    discounts: [],
    invoice,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: draft.invoiceItem ?? null,
        proration: draft.proration,
        proration_details: { credited_items: draft.credited ?? null },
        subscription: subscription.id,
        subscription_item: draft.item,
      },
      type: 'subscription_item_details',
    },
    period: draft.period,
    pretax_credit_amounts: [],
    pricing: { ...pricingOf(draft.price), ...(draft.proration && { unit_amount_decimal: null }) },
    quantity: Number(draft.quantity / UNIT),
    quantity_decimal: printFixed(draft.quantity),
    subscription: subscription.id,
    subtotal: draft.amount,
    taxes: [],
  };
}

function unitAmount(price: Price): Fixed {
  const amount = parseFixed(price.unit_amount_decimal);
  if (amount === undefined) throw new Error(`${price.id} has no readable amount`);
  return amount;
}
