import Stripe from 'stripe';
import { SECOND } from '#shared/platform/instant.ts';

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

function defaultPort(protocol: string): number {
  return protocol === 'http:' ? 80 : 443;
}
