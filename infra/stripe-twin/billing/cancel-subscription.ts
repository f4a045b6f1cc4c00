import { priceFrom } from '../objects/prices.ts';
import { itemsOf, subscriptionOf } from '../objects/subscriptions.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { collectNow } from './collect-now.ts';
import { draftInvoice, type PlannedLine } from './draft-invoice.ts';
import { type CancellationDetails, endSubscription } from './end-subscription.ts';
import { isMetered, meteredEntry } from './metered-lines.ts';
import { creditUnused } from './proration.ts';

interface CancellationWishes {
  /** Bill the outstanding usage and whatever is pending now; otherwise the usage is lost. */
  readonly invoiceNow: boolean;
  /** Credit the rest of the fees that were paid in advance. */
  readonly prorate: boolean;
  readonly details: CancellationDetails;
}

export function cancelSubscription(world: World, subscription: Subscription, wishes: CancellationWishes): Subscription {
  const now = world.unixNow();
  const items = itemsOf(world, subscription);
  if (wishes.prorate) {
    for (const item of items) creditUnused(world, subscription, item, now);
  }
  if (wishes.invoiceNow) {
    const lines = items.toReversed().flatMap((item): PlannedLine[] => {
      if (!isMetered(priceFrom(world, item.price, 'price'))) return [];
      const period = { start: item.current_period_start, end: item.current_period_end };
      return [{ kind: 'usage', entry: meteredEntry(world, subscription.customer, item, period) }];
    });
    const start = Math.min(now, ...items.map(item => item.current_period_start));
    const plan = {
      subscription: subscription.id,
      reason: 'subscription_update',
      period: { start, end: now },
      lines,
    } as const;
    const invoice = draftInvoice(world, plan);
    if (invoice) collectNow(world, invoice, { behavior: 'allow_incomplete', offSession: true });
  }
  // Ended now, and not at the end of the period as may have been said before.
  const ending = { ...subscriptionOf(world, subscription.id), cancel_at_period_end: false };
  return endSubscription(world, ending, wishes.details);
}
