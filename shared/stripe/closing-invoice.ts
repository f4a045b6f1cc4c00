import type Stripe from 'stripe';
import { madeAtEndOf } from '#shared/closing/closing-invoice.ts';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import { reasonOf } from './fields.ts';

interface Ended {
  readonly end: Instant;
}

/** In Unix seconds. */
export function createdAtEndOf(period: Ended): { readonly gte: number; readonly lt: number } {
  const { start, end } = madeAtEndOf(period);
  return { gte: start / SECOND, lt: end / SECOND };
}

/** Not one made by hand, for a new line or for something else. */
export function closesPeriod(invoice: Pick<Stripe.Invoice, 'billing_reason' | 'created'>, period: Ended): boolean {
  const { gte, lt } = createdAtEndOf(period);
  return reasonOf(invoice.billing_reason) === 'cycle' && invoice.created >= gte && invoice.created < lt;
}
