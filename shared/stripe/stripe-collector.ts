import type { Collector } from '#shared/accounts/collector.ts';
import { stripeCustomers } from './customers.ts';
import type { StripeSource } from './stripe-source.ts';
import { stripeSubscriptions } from './subscriptions.ts';

/** Stripe as the collector of accounts. */
export function stripeCollector(stripe: StripeSource): Collector {
  return { customers: stripeCustomers(stripe), subscriptions: stripeSubscriptions(stripe) };
}
