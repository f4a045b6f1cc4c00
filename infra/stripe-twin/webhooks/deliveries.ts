import { DAY, HOUR, type Instant, MINUTE } from '#shared/platform/instant.ts';
import { acknowledgeInvoice } from '../billing/plan-finalisation.ts';
import type { Delivery } from '../records/delivery.ts';
import type { World } from '../store/world.ts';

/** Stripe tries for three days; how the attempts are spread is not published. */
const TRIED_FOR = 3 * DAY;

const FIRST_PAUSE = 5 * MINUTE;

const LONGEST_PAUSE = 12 * HOUR;

export function nextDeliveryAt(world: World): Instant | undefined {
  let earliest: Instant | undefined;
  for (const { at } of world.store.all('delivery')) if (earliest === undefined || at < earliest) earliest = at;
  return earliest;
}

/** In the order in which they became due. */
export function deliveriesDue(world: World, moment: Instant): Delivery[] {
  const due = [...world.store.all('delivery')].filter(delivery => delivery.at <= moment);
  return due.sort((a, b) => a.at - b.at || a.sequence - b.sequence);
}

/** The endpoint took it, or is not asked any more. What every endpoint has taken counts as delivered. */
export function completeDelivery(world: World, { id, event: eventId }: Delivery): void {
  if (!world.store.get('delivery', id)) return;
  world.store.remove('delivery', id);
  const event = world.store.get('event', eventId);
  if (!event) return;
  const pending_webhooks = event.pending_webhooks - 1;
  world.store.put('event', eventId, { ...event, pending_webhooks });
  if (pending_webhooks === 0 && event.type === 'invoice.created')
    acknowledgeInvoice(world, String(event.data.object.id));
}

/** The endpoint took it. */
export function takeDelivery(world: World, delivery: Delivery): void {
  const endpoint = world.store.get('webhook_endpoint', delivery.endpoint);
  if (endpoint) world.store.put('webhook_endpoint', endpoint.id, { ...endpoint, tookAt: world.unixNow() });
  completeDelivery(world, delivery);
}

/**
 * Again after a pause that doubles; after three days never. The event stays undelivered then, and an endpoint that took
 * nothing at all in these days is switched off.
 */
export function postponeDelivery(world: World, { id }: Delivery): void {
  const delivery = world.store.get('delivery', id);
  if (!delivery) return;
  const created = (world.store.get('event', delivery.event)?.created ?? 0) * 1_000;
  const at = world.now() + Math.min(FIRST_PAUSE * 2 ** delivery.failedAttempts, LONGEST_PAUSE);
  if (at > created + TRIED_FOR) giveUp(world, delivery, created);
  else world.store.put('delivery', id, { ...delivery, failedAttempts: delivery.failedAttempts + 1, at });
}

function giveUp(world: World, { id, endpoint: endpointId }: Delivery, created: Instant): void {
  world.store.remove('delivery', id);
  const endpoint = world.store.get('webhook_endpoint', endpointId);
  if (!endpoint || (endpoint.tookAt ?? 0) * 1_000 > created) return;
  world.store.put('webhook_endpoint', endpoint.id, { ...endpoint, status: 'disabled' });
  dropDeliveries(world, endpoint.id);
}

/** An endpoint that is gone or switched off loses what was on its way. */
export function dropDeliveries(world: World, endpoint: string): void {
  for (const delivery of [...world.store.all('delivery')]) {
    if (delivery.endpoint === endpoint) completeDelivery(world, delivery);
  }
}
