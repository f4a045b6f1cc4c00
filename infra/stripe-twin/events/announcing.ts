import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { listenersTo } from './listeners.ts';
import { planDelivery } from './plan-delivery.ts';

/** The version in which everything here is rendered: the pin of the SDK that the product uses. */
export const API_VERSION = '2026-10-28.endive';

/** Writes an event about an object as it is now and sends it on; `before` gives the `previous_attributes` of an update. */
export function announce(world: World, type: string, object: Wire, before?: Wire): void {
  const id = world.ids.next('evt');
  const changes = before === undefined ? {} : { previous_attributes: previousAttributes(before, object) };
  const listeners = listenersTo(world, type);
  world.store.put('event', id, {
    id,
    object: 'event',
    api_version: API_VERSION,
    created: world.unixNow(),
    data: { object, ...changes },
    livemode: false,
    pending_webhooks: listeners.length,
    request: { id: world.cause?.requestId ?? null, idempotency_key: world.cause?.idempotencyKey ?? null },
    type,
  });
  for (const listener of listeners) planDelivery(world, id, listener.id);
}

/** What differs, as it was: nested objects by field, lists as a whole; `null` for what was not there. */
export function previousAttributes(before: Wire, after: Wire): Wire {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changes: Record<string, unknown> = {};
  for (const field of fields) {
    const was = before[field];
    const is = after[field];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    changes[field] = isPlain(was) && isPlain(is) ? previousAttributes(was, is) : (was ?? null);
  }
  return changes;
}

function isPlain(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
