import type Stripe from 'stripe';

/** Makes the client when it is first needed, and anew when the secret was exchanged. */
export type StripeSource = () => Promise<Stripe>;

/** @param secretKey read at every use; it caches by itself. */
export function stripeSource(secretKey: () => Promise<string>, apiBase: string): StripeSource {
  let made: { readonly key: string; readonly client: Stripe } | undefined;
  return async () => {
    const key = await secretKey();
    if (made?.key !== key) {
      // Loaded when needed: most runs and all reads come without Stripe, and its package is the largest of a cold start.
      const { stripeClient } = await import('./stripe-client.ts');
      made = { key, client: stripeClient(key, apiBase) };
    }
    return made.client;
  };
}
