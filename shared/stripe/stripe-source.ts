import type Stripe from 'stripe';
import { countMissingSecret } from '#shared/platform/secret-parameter.ts';

/** Makes the client when it is first needed, and anew when the secret was exchanged. */
export type StripeSource = () => Promise<Stripe>;

/**
 * @param secretKey read at every use; it caches by itself
 * @param callsPerSecond the share of this instance, of each endpoint (`call-rate.ts`)
 * @param whenRefused rings: Stripe does not accept the key
 */
export function stripeSource(
  secretKey: () => Promise<string>,
  apiBase: string,
  callsPerSecond: number,
  whenRefused = countMissingSecret,
): StripeSource {
  let made: { readonly key: string; readonly client: Stripe } | undefined;
  return async () => {
    const key = await secretKey();
    if (made?.key !== key) {
      // Loaded when needed: most runs and all reads come without Stripe, and its package is the largest of a cold start.
      const [{ stripeClient }, { CallRate }] = await Promise.all([
        import('./stripe-client.ts'),
        import('./call-rate.ts'),
      ]);
      const client = stripeClient(key, apiBase, new CallRate(callsPerSecond));
      client.on('response', (response: Stripe.ResponseEvent) => {
        if (response.status === 401) whenRefused();
      });
      made = { key, client };
    }
    return made.client;
  };
}
