import { priceFrom } from '../resources/prices.ts';
import { update } from '../resources/recording.ts';
import { itemsOf, type Subscription, subscriptionOf } from '../resources/subscriptions.ts';
import type { World } from '../world.ts';
import { collectNow } from './collect-now.ts';
import { draftInvoice, type PlannedLine } from './draft-invoice.ts';
import { isMetered, meteredEntry } from './metered-lines.ts';
import { creditUnused } from './proration.ts';
import { withoutRetry } from './retries.ts';

interface CancellationWishes {
  /** Bill the outstanding usage and whatever is pending now; otherwise the usage is lost. */
  readonly invoiceNow: boolean;
  /** Credit the rest of the fees that were paid in advance. */
  readonly prorate: boolean;
  readonly details: { readonly comment?: string | undefined; readonly feedback?: string | undefined };
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
    if (invoice) collectNow(world, invoice, 'allow_incomplete');
  }
  return endSubscription(world, subscriptionOf(world, subscription.id), wishes.details);
}

/** No more cycles. The customer's open invoices for it are not collected any further. */
export function endSubscription(
  world: World,
  subscription: Subscription,
  details: CancellationWishes['details'],
  reason: 'cancellation_requested' | 'payment_failed' = 'cancellation_requested',
): Subscription {
  const now = world.unixNow();
  world.agenda.cancel('cycle', subscription.id);
  world.agenda.cancel('expire', subscription.id);
  for (const invoice of world.store.all('invoice')) {
    const isItsOwn = invoice.parent.subscription_details.subscription === subscription.id;
    if (!isItsOwn || invoice.status !== 'open') continue;
    update(world, 'invoice', 'invoice.updated', {
      ...withoutRetry(world, invoice),
      auto_advance: false,
    });
  }
  const { comment = null, feedback = null } = details;
  return update(world, 'subscription', 'customer.subscription.deleted', {
    ...subscription,
    canceled_at: subscription.canceled_at ?? now,
    cancellation_details: { comment, feedback, feedback_option: null, reason },
    ended_at: now,
    status: 'canceled',
  });
}
