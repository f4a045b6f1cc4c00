import { Failure } from '#shared/platform/failure.ts';
import type { WatchEndpointServices } from '#shared/reactions/watch-endpoint.ts';
import { callingStripe } from '../stripe-failure.ts';
import type { StripeSource } from '../stripe-source.ts';

/** Metadata key under which an endpoint names the deployment that it delivers to. */
export const DEPLOYMENT_TAG = 'dunlin_deployment';

/** Endpoints for snapshot events. A restricted key may lack the right to see them. */
export function endpointsAt(stripe: StripeSource): WatchEndpointServices['listEndpoints'] {
  return async () => {
    try {
      return await callingStripe(async () => {
        const found = await Array.fromAsync((await stripe()).webhookEndpoints.list({ limit: 100 }));
        return found.map(endpoint => ({
          id: endpoint.id,
          url: endpoint.url,
          isEnabled: endpoint.status === 'enabled',
          deployment: endpoint.metadata[DEPLOYMENT_TAG],
          types: endpoint.enabled_events,
        }));
      });
    } catch (error) {
      if (error instanceof Failure && error.code === 'stripe-key-refused') return undefined;
      throw error;
    }
  };
}
