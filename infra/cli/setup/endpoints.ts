import Stripe from 'stripe';
import { DEPLOYMENT_TAG } from '#shared/stripe/events/list-endpoints.ts';
import type { EndpointChange, EndpointNow, EndpointWanted } from './plan-endpoint.ts';

/** Port: one kind of place to which Stripe delivers events. */
export interface Endpoints {
  list(): Promise<EndpointNow[]>;
  /** Returns the signing secret, the only time that it is told. */
  create(wanted: EndpointWanted): Promise<{ readonly id: string; readonly secret: string }>;
  /** Notes whose secret is stored. */
  note(id: string, wanted: EndpointWanted, fingerprint: string): Promise<void>;
  /** Makes address, types and readiness as wanted. */
  update(id: string, wanted: EndpointWanted, changes: readonly EndpointChange[]): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The version that Stripe's package speaks: what functions read of an event is rendered in it. */
export const STRIPE_VERSION = Stripe.API_VERSION;

const NAME = 'Dunlin';
/** Names in Stripe's metadata. */
const DEPLOYMENT = DEPLOYMENT_TAG;
const SECRET = 'dunlin_secret';

/** Endpoints for snapshot events: objects as they were, in one version. */
export function snapshotEndpoints(stripe: Stripe): Endpoints {
  const endpoints = stripe.webhookEndpoints;
  return {
    async list() {
      const found = await Array.fromAsync(endpoints.list({ limit: 100 }));
      return found.map(endpoint => ({
        id: endpoint.id,
        url: endpoint.url,
        version: endpoint.api_version ?? undefined,
        types: endpoint.enabled_events,
        isEnabled: endpoint.status === 'enabled',
        deployment: endpoint.metadata[DEPLOYMENT],
        secret: endpoint.metadata[SECRET],
      }));
    },
    async create({ url, types, deployment }) {
      const made = await endpoints.create({
        url,
        enabled_events: types.map(parseEventType),
        api_version: STRIPE_VERSION,
        description: `${NAME}: ${deployment}`,
        metadata: { [DEPLOYMENT]: deployment },
      });
      return { id: made.id, secret: told(made.secret) };
    },
    async note(id, { deployment }, fingerprint) {
      await endpoints.update(id, { metadata: { [DEPLOYMENT]: deployment, [SECRET]: fingerprint } });
    },
    async update(id, { url, types }) {
      await endpoints.update(id, { url, enabled_events: types.map(parseEventType), disabled: false });
    },
    async remove(id) {
      await endpoints.del(id);
    },
  };
}

/** Destinations for thin events, which only name what they are about. Not every account at Stripe may have them. */
export function thinEndpoints(stripe: Stripe): Endpoints {
  const destinations = stripe.v2.core.eventDestinations;
  return {
    async list() {
      const found = await Array.fromAsync(destinations.list({ include: ['webhook_endpoint.url'] }));
      return found
        .filter(({ type, event_payload }) => type === 'webhook_endpoint' && event_payload === 'thin')
        .map(destination => ({
          id: destination.id,
          url: destination.webhook_endpoint?.url ?? '',
          version: undefined,
          types: destination.enabled_events,
          isEnabled: destination.status === 'enabled',
          deployment: destination.metadata?.[DEPLOYMENT],
          secret: destination.metadata?.[SECRET],
        }));
    },
    async create({ url, types, deployment }) {
      const made = await destinations.create({
        name: NAME,
        description: deployment,
        type: 'webhook_endpoint',
        event_payload: 'thin',
        enabled_events: [...types],
        webhook_endpoint: { url },
        metadata: { [DEPLOYMENT]: deployment },
        include: ['webhook_endpoint.signing_secret'],
      });
      return { id: made.id, secret: told(made.webhook_endpoint?.signing_secret) };
    },
    async note(id, { deployment }, fingerprint) {
      await destinations.update(id, { metadata: { [DEPLOYMENT]: deployment, [SECRET]: fingerprint } });
    },
    async update(id, { url, types }, changes) {
      await destinations.update(id, { enabled_events: [...types], webhook_endpoint: { url } });
      if (changes.includes('enabled')) await destinations.enable(id);
    },
    async remove(id) {
      await destinations.del(id);
    },
  };
}

function told(secret: string | undefined): string {
  if (secret === undefined) throw new Error('Stripe made an endpoint and did not tell its secret.');
  return secret;
}

/** Stripe's package lists the types that it knows; Stripe itself says when there is none of that name. */
function parseEventType(type: string): Stripe.WebhookEndpointCreateParams.EnabledEvent {
  return type as Stripe.WebhookEndpointCreateParams.EnabledEvent;
}
