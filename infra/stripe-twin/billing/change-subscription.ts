import { mergeMetadata } from '../objects/metadata.ts';
import { priceFrom } from '../objects/prices.ts';
import { itemOf } from '../objects/subscription-items.ts';
import { itemsOf, subscriptionOf } from '../objects/subscriptions.ts';
import type { Price } from '../records/prices.ts';
import type { SubscriptionItem } from '../records/subscription-items.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { invalidRequest } from '../wire/errors.ts';
import { announcingItems } from './announcing-items.ts';
import { type Collecting, collectNow, type PaymentBehavior } from './collect-now.ts';
import { draftInvoice, type PlannedLine } from './draft-invoice.ts';
import { cycleOf } from './line-drafts.ts';
import { isMetered, measuredLine, meteredEntry } from './metered-lines.ts';
import { planCycle } from './plan-cycle.ts';
import { chargeRemaining, creditUnused } from './proration.ts';
import { currentPeriod, type NewItem, putItem } from './start-subscription.ts';
import { refuseRepeatedPrice, refuseTooManyItems, refuseUnfitPrice } from './subscription-prices.ts';
import { countedCall } from './subscription-rates.ts';

type Metadata = Readonly<Record<string, string>> | undefined;

export type ItemChange =
  | ({ readonly kind: 'add' } & NewItem)
  | {
      readonly kind: 'change';
      readonly item: string;
      readonly price?: string | undefined;
      readonly quantity?: number | undefined;
      readonly metadata?: Metadata;
    }
  | { readonly kind: 'remove'; readonly item: string };

export interface Proration {
  readonly proration_behavior?: 'always_invoice' | 'create_prorations' | 'none' | undefined;
  readonly proration_date?: number | undefined;
  readonly payment_behavior?: PaymentBehavior | undefined;
  readonly off_session?: boolean | undefined;
}

/**
 * Adds, changes and removes items. Fees are prorated by the second from `proration_date` (default now) to the period's
 * end as pending items, or billed at once with `always_invoice`. A metered item that goes, or gets another price, has its
 * outstanding usage billed at once, except with `none` (flexible billing mode).
 *
 * @returns the items that were added or changed, in the order of the changes
 */
export function changeItems(
  world: World,
  standingSubscription: Subscription,
  changes: readonly ItemChange[],
  { proration_behavior = 'create_prorations', proration_date, ...collecting }: Proration,
): SubscriptionItem[] {
  const from = proration_date ?? world.unixNow();
  requireInPeriod(world, standingSubscription, proration_date);
  const subscription = changes.reduce(
    (counted, change) => (setsQuantity(world, change) ? countedCall(world, counted, 'quantities') : counted),
    standingSubscription,
  );
  const prorate = proration_behavior !== 'none';
  const touched: SubscriptionItem[] = [];
  const outstanding: PlannedLine[] = [];
  announcingItems(world, subscription.id, () => {
    for (const change of changes) {
      const standing = change.kind === 'add' ? undefined : ownItem(world, subscription, change.item);
      const next = applyChange(world, subscription, change, standing);
      if (prorate && standing) outstanding.push(...usageLeftBehind(world, subscription, standing, next));
      if (prorate && chargesDiffer(standing, next)) prorateFees(world, subscription, { standing, next, from });
      if (next) touched.push(next);
    }
    saveItems(world, subscription, changes, touched);
  });
  if (proration_behavior === 'always_invoice' || outstanding.length > 0) {
    const { payment_behavior = 'allow_incomplete', off_session = false } = collecting;
    invoiceNow(world, subscription.id, outstanding, { behavior: payment_behavior, offSession: off_session });
  }
  planCycle(world, subscription.id);
  return touched;
}

/** An item's quantity becomes another one. */
function setsQuantity(world: World, change: ItemChange): boolean {
  if (change.kind !== 'change' || change.quantity === undefined) return false;
  return change.quantity !== itemOf(world, change.item).quantity;
}

interface FeeChange {
  readonly standing: SubscriptionItem | undefined;
  readonly next: SubscriptionItem | undefined;
  readonly from: number;
}

function prorateFees(world: World, subscription: Subscription, { standing, next, from }: FeeChange): void {
  // An invoice takes what waits from the newest on: so the credit stands before the charge.
  if (next) chargeRemaining(world, subscription, next, from);
  if (standing) creditUnused(world, subscription, standing, from);
}

function applyChange(
  world: World,
  subscription: Subscription,
  change: ItemChange,
  standing: SubscriptionItem | undefined,
): SubscriptionItem | undefined {
  if (change.kind === 'add') {
    refuseUnfitPrice(world, subscription.currency, change.price);
    return putItem(world, subscription, change);
  }
  if (!standing || change.kind === 'remove') {
    world.store.remove('subscription_item', change.item);
    return undefined;
  }
  const next = changedItem(world, subscription, standing, change);
  world.store.put('subscription_item', next.id, next);
  return next;
}

/** A price that is replaced resets the quantity to 1 unless it is given again. */
function changedItem(
  world: World,
  subscription: Subscription,
  standing: SubscriptionItem,
  change: Extract<ItemChange, { kind: 'change' }>,
): SubscriptionItem {
  const metadata = mergeMetadata(standing.metadata, change.metadata);
  const price = priceFrom(world, change.price ?? standing.price, 'price');
  if (price.id === standing.price) {
    return { ...standing, metadata, quantity: quantityFor(price, change.quantity ?? standing.quantity ?? undefined) };
  }
  refuseUnfitPrice(world, subscription.currency, price.id);
  const addedSequence = world.store.nextSequence();
  const changed = {
    ...standing,
    metadata,
    price: price.id,
    quantity: quantityFor(price, change.quantity),
    addedSequence,
  };
  return { ...changed, ...periodOfNewPrice(world, subscription, standing, price) };
}

/** A price that is charged at another rhythm has the period of its own rhythm, from the same anchor. */
function periodOfNewPrice(
  world: World,
  subscription: Subscription,
  standing: SubscriptionItem,
  price: Price,
): Partial<SubscriptionItem> {
  const [was, is] = [cycleOf(priceFrom(world, standing.price, 'price')), cycleOf(price)];
  if (was.interval === is.interval && was.interval_count === is.interval_count) return {};
  const { start, end } = currentPeriod(world, subscription, price);
  return { current_period_start: start, current_period_end: end };
}

function quantityFor(price: Price, quantity: number | undefined): number | null {
  if (!isMetered(price)) return quantity ?? 1;
  if (quantity === undefined) return null;
  throw invalidRequest('Quantity should not be specified where usage_type is `metered`.', { param: 'quantity' });
}

function chargesDiffer(standing: SubscriptionItem | undefined, next: SubscriptionItem | undefined): boolean {
  return standing?.price !== next?.price || standing?.quantity !== next?.quantity;
}

function usageLeftBehind(
  world: World,
  subscription: Subscription,
  standing: SubscriptionItem,
  next: SubscriptionItem | undefined,
): PlannedLine[] {
  if (standing.price === next?.price || !isMetered(priceFrom(world, standing.price, 'price'))) return [];
  const period = { start: standing.current_period_start, end: standing.current_period_end };
  const entry = meteredEntry(world, subscription.customer, standing, period);
  return measuredLine(world, entry) ? [{ kind: 'usage', entry }] : [];
}

function saveItems(
  world: World,
  subscription: Subscription,
  changes: readonly ItemChange[],
  touched: readonly SubscriptionItem[],
): void {
  const removed = new Set(changes.flatMap(change => (change.kind === 'remove' ? [change.item] : [])));
  const kept = subscription.itemIds.filter(id => !removed.has(id));
  const added = touched.map(item => item.id).filter(id => !kept.includes(id));
  refuseTooManyItems(kept.length + added.length);
  if (kept.length + added.length === 0) throw invalidRequest('A subscription must have at least one active item.');
  const next = { ...subscription, itemIds: [...kept, ...added] };
  refuseRepeatedPrice(itemsOf(world, next).map(item => item.price));
  world.store.put('subscription', next.id, next);
}

function invoiceNow(world: World, id: string, lines: readonly PlannedLine[], collecting: Collecting): void {
  const now = world.unixNow();
  const starts = itemsOf(world, subscriptionOf(world, id)).map(item => item.current_period_start);
  const period = { start: Math.min(now, ...starts), end: now };
  const invoice = draftInvoice(world, { subscription: id, reason: 'subscription_update', period, lines });
  if (invoice) collectNow(world, invoice, collecting);
}

function ownItem(world: World, subscription: Subscription, id: string): SubscriptionItem {
  const item = itemOf(world, id);
  if (item.subscription === subscription.id) return item;
  throw invalidRequest(`The subscription item ${id} does not belong to the subscription ${subscription.id}.`, {
    param: 'items[id]',
  });
}

function requireInPeriod(world: World, subscription: Subscription, date: number | undefined): void {
  if (date === undefined) return;
  const outside = itemsOf(world, subscription).some(
    item => date < item.current_period_start || date > item.current_period_end,
  );
  if (outside) {
    throw invalidRequest('Cannot specify `proration_date` outside of current subscription period.', {
      param: 'proration_date',
    });
  }
}
