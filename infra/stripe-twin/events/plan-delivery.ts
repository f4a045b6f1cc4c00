import type { World } from '../store/world.ts';

export function planDelivery(world: World, event: string, endpoint: string): void {
  const id = `${event}/${endpoint}`;
  const sequence = world.store.nextSequence();
  world.store.put('delivery', id, { id, event, endpoint, failedAttempts: 0, at: world.now(), sequence });
}
