import { update } from '../events/recording.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { withoutRetry } from './retries.ts';

/** What the subscriber said when leaving. */
export interface CancellationDetails {
  readonly comment?: string | undefined;
  readonly feedback?: string | undefined;
}

/** No more cycles. The customer's open invoices for it are not collected any further. */
export function endSubscription(
  world: World,
  subscription: Subscription,
  details: CancellationDetails,
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
