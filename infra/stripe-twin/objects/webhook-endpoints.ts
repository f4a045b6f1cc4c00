import type { WebhookEndpoint } from '../records/webhook-endpoints.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';

export function presentWebhookEndpoint(_world: World, endpoint: WebhookEndpoint): Wire {
  const { secret, tookAt, ...shown } = endpoint;
  return shown;
}
