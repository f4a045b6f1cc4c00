import { priceFrom } from '../objects/prices.ts';
import { hasEnded, itemsOf, subscriptionOf } from '../objects/subscriptions.ts';
import type { SubscriptionItem } from '../records/subscription-items.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { announcingItems } from './announcing-items.ts';
import { periodAt } from './calendar.ts';
import { draftInvoice, type PlannedLine } from './draft-invoice.ts';
import { endSubscription } from './end-subscription.ts';
import { anchorOf, cycleOf, feeLine } from './line-drafts.ts';
import { isMetered, meteredEntry } from './metered-lines.ts';
import { planCycle } from './plan-cycle.ts';
import { planFinalisation } from './plan-finalisation.ts';

/**
 * The end of a period: a draft with the usage of the period that ends and, in advance, the fees of the next one. It is
 * finalised after the grace time, so that usage reported until then is still on it.
 */
export function runCycle(world: World, subscriptionId: string): void {
  const subscription = subscriptionOf(world, subscriptionId);
  world.agenda.cancel('cycle', subscriptionId);
  if (hasEnded(subscription) || subscription.status === 'incomplete') return;
  const now = world.unixNow();
  const ending = itemsOf(world, subscription).filter(item => item.current_period_end <= now);
  const last = subscription.cancel_at_period_end;
  const lines = ending.toReversed().flatMap(item => linesFor(world, subscription, item, last));
  if (!last) renewAll(world, subscription, ending);
  const start = Math.min(...ending.map(item => item.current_period_start));
  const invoice = draftInvoice(world, {
    subscription: subscriptionId,
    reason: 'subscription_cycle',
    period: { start, end: Math.max(...ending.map(item => item.current_period_end)) },
    lines,
  });
  if (invoice) planFinalisation(world, invoice);
  if (last) endSubscription(world, subscriptionOf(world, subscriptionId), {});
  else planCycle(world, subscriptionId);
}

function linesFor(world: World, subscription: Subscription, item: SubscriptionItem, last: boolean): PlannedLine[] {
  const price = priceFrom(world, item.price, 'price');
  if (isMetered(price)) {
    const period = { start: item.current_period_start, end: item.current_period_end };
    return [{ kind: 'usage', entry: meteredEntry(world, subscription.customer, item, period) }];
  }
  return last ? [] : [{ kind: 'fee', draft: feeLine(world, subscription, item, price, item.current_period_end) }];
}

function renewAll(world: World, subscription: Subscription, items: readonly SubscriptionItem[]): void {
  announcingItems(world, subscription.id, () => {
    for (const item of items) renew(world, subscription, item);
  });
}

function renew(world: World, subscription: Subscription, item: SubscriptionItem): void {
  const cycle = cycleOf(priceFrom(world, item.price, 'price'));
  const next = periodAt(anchorOf(subscription), cycle, item.current_period_end);
  const period = { current_period_start: next.start, current_period_end: next.end };
  world.store.put('subscription_item', item.id, { ...item, ...period });
}
