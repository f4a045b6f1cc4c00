import type Stripe from 'stripe';
import { DAY, type Instant, MINUTE, SECOND } from '#shared/platform/instant.ts';

interface Ended {
  readonly end: Instant;
}

/** Far more than Stripe takes to make it, and less than the shortest full period. */
const LOOK_AHEAD = 5 * DAY;

/** When Stripe makes the invoice that closes a period, in Unix seconds: at its end, give or take what its schedulers need. */
export function madeAtEndOf({ end }: Ended): { readonly gte: number; readonly lt: number } {
  return { gte: (end - MINUTE) / SECOND, lt: (end + LOOK_AHEAD) / SECOND };
}

/** Not one made by hand, for a new line or for something else. */
export function closesPeriod(invoice: Pick<Stripe.Invoice, 'billing_reason' | 'created'>, period: Ended): boolean {
  const { gte, lt } = madeAtEndOf(period);
  return invoice.billing_reason === 'subscription_cycle' && invoice.created >= gte && invoice.created < lt;
}
