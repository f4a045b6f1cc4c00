import type { WebhookEndpoint } from '../records/webhook-endpoints.ts';
import type { World } from '../store/world.ts';

/** The endpoints that want events of a type. */
export function listenersTo(world: World, type: string): WebhookEndpoint[] {
  return [...world.store.all('webhook_endpoint')].filter(
    ({ status, enabled_events }) =>
      status === 'enabled' && enabled_events.some(wanted => wanted === '*' || wanted === type),
  );
}

export function isListenedTo(world: World, type: string): boolean {
  return listenersTo(world, type).length > 0;
}
