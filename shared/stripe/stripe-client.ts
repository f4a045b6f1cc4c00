import Stripe from 'stripe';
import { SECOND } from '#shared/platform/instant.ts';

/** Makes the client when it is first needed, and anew when the secret was exchanged. */
export type StripeSource = () => Promise<Stripe>;

/**
 * A client for this key. Stripe's own defaults (80 s, telemetry to a file) do not fit a function that lives a minute.
 * `apiBase` is where Stripe answers: `https://api.stripe.com`, or any address with the same interface.
 */
export function stripeClient(secretKey: string, apiBase: string): Stripe {
  const { protocol, hostname, port } = new URL(apiBase);
  return new Stripe(secretKey, {
    host: hostname,
    port: port === '' ? defaultPort(protocol) : Number(port),
    protocol: protocol === 'http:' ? 'http' : 'https',
    maxNetworkRetries: 2,
    timeout: 10 * SECOND,
    telemetry: false,
  });
}

/** @param secretKey read at every use; it caches by itself. */
export function stripeSource(secretKey: () => Promise<string>, apiBase: string): StripeSource {
  let made: { readonly key: string; readonly client: Stripe } | undefined;
  return async () => {
    const key = await secretKey();
    if (made?.key !== key) made = { key, client: stripeClient(key, apiBase) };
    return made.client;
  };
}

function defaultPort(protocol: string): number {
  return protocol === 'http:' ? 80 : 443;
}
