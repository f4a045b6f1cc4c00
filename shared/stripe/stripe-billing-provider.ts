import type { BillingProvider } from '#shared/accounts/provisioning/billing-provider.ts';
import { stripeCustomers } from './customers.ts';
import type { StripeSource } from './stripe-source.ts';
import { stripeSubscriptions } from './subscriptions.ts';

/** Stripe as the billing provider of accounts. */
export function stripeBillingProvider(stripe: StripeSource): BillingProvider {
  return { customers: stripeCustomers(stripe), subscriptions: stripeSubscriptions(stripe) };
}
