import { create } from '../events/recording.ts';
import { priceFrom } from '../objects/prices.ts';
import type { InvoiceItem } from '../records/invoice-items.ts';
import type { CreditedItems } from '../records/invoice-lines.ts';
import type { Price } from '../records/prices.ts';
import type { SubscriptionItem } from '../records/subscription-items.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { periodAt } from './calendar.ts';
import { anchorOf, cycleOf, proratedAmount } from './line-drafts.ts';
import { isMetered } from './metered-lines.ts';
import { remainingWording, unusedWording } from './wording.ts';

/** A pending item that takes back what was charged for the rest of the period. Usage is not prorated. */
export function creditUnused(world: World, subscription: Subscription, item: SubscriptionItem, from: number): void {
  const price = priceFrom(world, item.price, 'price');
  if (isMetered(price) || item.quantity === null) return;
  const description = unusedWording(world, price, item.quantity, from);
  putProration(world, subscription, item, price, { from, sign: -1, description, credited: lineCharged(world, item) });
}

/** A pending item that charges the rest of the period at what the item is now. */
export function chargeRemaining(world: World, subscription: Subscription, item: SubscriptionItem, from: number): void {
  const price = priceFrom(world, item.price, 'price');
  if (isMetered(price) || item.quantity === null) return;
  const description = remainingWording(world, price, item.quantity, from);
  putProration(world, subscription, item, price, { from, sign: 1, description, credited: null });
}

interface Proration {
  readonly from: number;
  readonly sign: 1 | -1;
  readonly description: string;
  readonly credited: CreditedItems | null;
}

function putProration(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  price: Price,
  { from, sign, description, credited }: Proration,
): void {
  const whole = periodAt(anchorOf(subscription), cycleOf(price), from);
  const quantity = item.quantity ?? 1;
  const pending: InvoiceItem = {
    id: world.ids.next('ii'),
    object: 'invoiceitem',
    amount: sign * proratedAmount(price, quantity, whole.end - from, whole.end - whole.start),
    currency: price.currency,
    customer: subscription.customer,
    date: world.unixNow(),
    description,
    invoice: null,
    metadata: subscription.metadata,
    period: { start: from, end: whole.end },
    price: price.id,
    proration: true,
    quantity,
    subscription: subscription.id,
    subscriptionItem: item.id,
    credited,
  };
  create(world, 'invoiceitem', 'invoiceitem.created', pending);
}

/** The latest line that charged the item's fee for the current period. */
function lineCharged(world: World, item: SubscriptionItem): CreditedItems | null {
  let found: CreditedItems | null = null;
  for (const line of world.store.all('line_item')) {
    const isItsFee = line.parent.subscription_item_details?.subscription_item === item.id && line.amount > 0;
    if (isItsFee && line.period.end === item.current_period_end) {
      found = { invoice: line.invoice, invoice_line_items: [line.id] };
    }
  }
  return found;
}
