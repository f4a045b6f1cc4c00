import * as z from 'zod';
import { API_VERSION } from '../events/announcing.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import { presentWebhookEndpoint } from '../objects/webhook-endpoints.ts';
import type { WebhookEndpoint } from '../records/webhook-endpoints.ts';
import type { World } from '../store/world.ts';
import { dropDeliveries } from '../webhooks/deliveries.ts';
import { noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { choice, clearable, flag, listOf, metadata, pageParams, text } from '../wire/params.ts';
import { operation } from './operation.ts';

const url = () => z.string().regex(/^https?:\/\/[^\s]+$/, { error: 'URL' });

const eventTypes = () => listOf(text());

export const webhookEndpointOperations = [
  operation({
    method: 'POST',
    path: '/v1/webhook_endpoints',
    params: {
      api_version: choice(API_VERSION).optional(),
      description: clearable(text()).optional(),
      enabled_events: eventTypes(),
      metadata: metadata().optional(),
      url: url(),
    },
    handle({ world, params: fields }) {
      const secret = `whsec_${world.ids.characters('whsec', 32)}`;
      const endpoint: WebhookEndpoint = {
        ...newEndpoint(world, { url: fields.url, secret, enabledEvents: fields.enabled_events }),
        api_version: fields.api_version ?? null,
        description: fields.description ?? null,
        metadata: fields.metadata ?? {},
      };
      world.store.put('webhook_endpoint', endpoint.id, endpoint);
      return { ...presentWebhookEndpoint(world, endpoint), secret };
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/webhook_endpoints',
    params: pageParams,
    handle: ({ world, params: page, path }) =>
      pageOf(newestFirst(world.store.all('webhook_endpoint')), page, path, each => presentWebhookEndpoint(world, each)),
  }),
  operation({
    method: 'GET',
    path: '/v1/webhook_endpoints/{webhook_endpoint}',
    params: {},
    handle: ({ world, ids }) => presentWebhookEndpoint(world, endpointOf(world, ids.webhook_endpoint)),
  }),
  operation({
    method: 'POST',
    path: '/v1/webhook_endpoints/{webhook_endpoint}',
    params: {
      description: clearable(text()).optional(),
      disabled: flag().optional(),
      enabled_events: eventTypes().optional(),
      metadata: metadata().optional(),
      url: url().optional(),
    },
    handle({ world, params: fields, ids }) {
      const standing = endpointOf(world, ids.webhook_endpoint);
      const status = fields.disabled === undefined ? standing.status : fields.disabled ? 'disabled' : 'enabled';
      const next: WebhookEndpoint = {
        ...standing,
        description: given(fields.description, standing.description),
        enabled_events: given(fields.enabled_events, standing.enabled_events),
        metadata: mergeMetadata(standing.metadata, fields.metadata),
        status,
        url: given(fields.url, standing.url),
      };
      world.store.put('webhook_endpoint', next.id, next);
      if (status === 'disabled') dropDeliveries(world, next.id);
      return presentWebhookEndpoint(world, next);
    },
  }),
  operation({
    method: 'DELETE',
    path: '/v1/webhook_endpoints/{webhook_endpoint}',
    params: {},
    handle({ world, ids }) {
      const { id, object } = endpointOf(world, ids.webhook_endpoint);
      world.store.remove('webhook_endpoint', id);
      dropDeliveries(world, id);
      return { id, object, deleted: true };
    },
  }),
];

/** An endpoint that is there without a call: known by its secret. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
  readonly enabledEvents: readonly string[];
}

/** Makes the endpoint; where one has the secret already (from an earlier run), it moves to the address. */
export function ensureEndpoint(world: World, webhook: Webhook): void {
  const standing = [...world.store.all('webhook_endpoint')].find(each => each.secret === webhook.secret);
  const endpoint = standing
    ? { ...standing, url: webhook.url, enabled_events: webhook.enabledEvents }
    : { ...newEndpoint(world, webhook), api_version: API_VERSION };
  world.store.put('webhook_endpoint', endpoint.id, endpoint);
}

function newEndpoint(world: World, { url, secret, enabledEvents }: Webhook): WebhookEndpoint {
  return {
    id: world.ids.next('we'),
    object: 'webhook_endpoint',
    api_version: null,
    application: null,
    created: world.unixNow(),
    description: null,
    enabled_events: enabledEvents,
    livemode: false,
    metadata: {},
    secret,
    status: 'enabled',
    url,
    tookAt: null,
  };
}

function endpointOf(world: World, id: string): WebhookEndpoint {
  const endpoint = world.store.get('webhook_endpoint', id);
  if (!endpoint) throw noSuch('webhook endpoint', id, 'webhook_endpoint');
  return endpoint;
}
