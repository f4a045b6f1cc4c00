import Stripe from 'stripe';
import { SECOND } from '#shared/platform/instant.ts';
import { type CallRate, endpointOf } from './call-rate.ts';

/**
 * A client for this key. Stripe's own defaults (80 s, telemetry to a file) do not fit a function that lives a minute.
 * `apiBase` is where Stripe answers: `https://api.stripe.com`, or any address with the same interface.
 * @param rate left out: as many calls as come, for somebody who sits at a terminal
 */
export function stripeClient(secretKey: string, apiBase: string, rate?: CallRate): Stripe {
  const { protocol, hostname, port } = new URL(apiBase);
  return new Stripe(secretKey, {
    host: hostname,
    port: port === '' ? defaultPort(protocol) : Number(port),
    protocol: protocol === 'http:' ? 'http' : 'https',
    maxNetworkRetries: 2,
    timeout: 10 * SECOND,
    telemetry: false,
    ...(rate !== undefined && { httpClient: paced(Stripe.createNodeHttpClient(), rate) }),
  });
}

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

/** Each try of a call has a turn of its own. */
function paced(client: HttpClient, rate: CallRate): HttpClient {
  return {
    getClientName: () => client.getClientName(),
    async makeRequest(host, port, path, method, ...rest) {
      const endpoint = endpointOf(method, path);
      await rate.take(endpoint);
      const response = await client.makeRequest(host, port, path, method, ...rest);
      rate.heard(endpoint, response.getStatusCode());
      return response;
    },
  };
}

function defaultPort(protocol: string): number {
  return protocol === 'http:' ? 80 : 443;
}
