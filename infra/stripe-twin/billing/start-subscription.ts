import { create } from '../events/recording.ts';
import { priceFrom } from '../objects/prices.ts';
import { subscriptionOf } from '../objects/subscriptions.ts';
import type { Invoice } from '../records/invoices.ts';
import type { Price } from '../records/prices.ts';
import type { SubscriptionItem } from '../records/subscription-items.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { periodAt } from './calendar.ts';
import { type Collecting, collectNow } from './collect-now.ts';
import { draftInvoice } from './draft-invoice.ts';
import { fixCurrency } from './fix-currency.ts';
import { anchorOf, cycleOf, feeLine, type LineDraft } from './line-drafts.ts';
import { isMetered } from './metered-lines.ts';
import { planCycle } from './plan-cycle.ts';

export interface NewItem {
  readonly price: string;
  readonly quantity?: number | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** An unpaid first invoice is waited for this long. */
const INCOMPLETE_FOR_MS = 23 * 3_600_000;

/**
 * Puts the subscription with its items, charges the fees from the start until the end of the current period, and plans the
 * first renewal. `blank` comes with status `active`; unpaid money makes it `incomplete`.
 */
export function startSubscription(
  world: World,
  blank: Subscription,
  newItems: readonly NewItem[],
  charging: Collecting & { readonly prorate: boolean },
): Subscription {
  fixCurrency(world, blank.customer, blank.currency);
  const items = newItems.map(item => putItem(world, blank, item));
  const started = { ...blank, itemIds: items.map(item => item.id) };
  const lines = items.toReversed().flatMap(item => firstFees(world, started, item, charging.prorate));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const waits = total > 0 && started.collection_method === 'charge_automatically';
  create(world, 'subscription', 'customer.subscription.created', {
    ...started,
    status: waits ? 'incomplete' : 'active',
  });
  planCycle(world, started.id);
  if (waits) world.agenda.plan('expire', started.id, started.created * 1_000 + INCOMPLETE_FOR_MS);
  const invoice = firstInvoice(world, started, lines);
  if (invoice) collectNow(world, invoice, charging);
  return subscriptionOf(world, started.id);
}

/** The period that a new item begins in; one that starts inside it is cut at the front. */
export function currentPeriod(world: World, subscription: Subscription, price: Price): { start: number; end: number } {
  const { start, end } = periodAt(anchorOf(subscription), cycleOf(price), world.unixNow());
  return { start: Math.max(start, subscription.start_date), end };
}

export function putItem(
  world: World,
  subscription: Subscription,
  { price: priceId, quantity, metadata }: NewItem,
): SubscriptionItem {
  const price = priceFrom(world, priceId, 'items[price]');
  const period = currentPeriod(world, subscription, price);
  const item: SubscriptionItem = {
    id: world.ids.next('si'),
    object: 'subscription_item',
    created: world.unixNow(),
    current_period_end: period.end,
    current_period_start: period.start,
    metadata: metadata ?? {},
    subscription: subscription.id,
    price: price.id,
    quantity: isMetered(price) ? null : (quantity ?? 1),
    addedSequence: world.store.nextSequence(),
  };
  world.store.put('subscription_item', item.id, item);
  return item;
}

/** One line per period from the start to the current one; a backdated start gives several. */
function firstFees(world: World, subscription: Subscription, item: SubscriptionItem, prorate: boolean): LineDraft[] {
  const price = priceFrom(world, item.price, 'price');
  if (isMetered(price)) return [];
  const lines: LineDraft[] = [];
  for (let from = subscription.start_date; from < item.current_period_end; ) {
    const line = feeLine(world, subscription, item, price, from);
    if (prorate || (!line.proration && from >= subscription.created)) lines.push(line);
    from = line.period.end;
  }
  return lines;
}

function firstInvoice(world: World, subscription: Subscription, lines: readonly LineDraft[]): Invoice | undefined {
  return draftInvoice(world, {
    subscription: subscription.id,
    reason: 'subscription_create',
    period: { start: subscription.start_date, end: subscription.created },
    lines: lines.map(draft => ({ kind: 'fee', draft })),
  });
}
