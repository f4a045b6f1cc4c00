import type { Message } from '#shared/platform/queue.ts';
import type { EventMessage } from '#shared/reactions/event-message.ts';
import type { EventServices } from '#shared/reactions/reaction.ts';
import { takeEvents } from '#shared/reactions/take-events.ts';
import { readEvent } from '#shared/stripe/events/read-event.ts';
import { stripeEventObjects } from '#shared/stripe/events/stripe-event-objects.ts';
import { stripePayingMethods } from '#shared/stripe/paying-methods.ts';
import type { AccountWorld } from './account-world.ts';

/** The stripe-events function's services, and what they counted since the last look. */
export function eventServices(world: AccountWorld): { services: EventServices; counted: () => string[] } {
  const counted: string[] = [];
  const services: EventServices = {
    ledger: world.services.ledger,
    clock: world.services.clock,
    objects: stripeEventObjects(async () => world.stripe),
    methods: stripePayingMethods(async () => world.stripe),
    count: metric => counted.push(metric),
  };
  return { services, counted: () => counted.splice(0) };
}

/** What Stripe would deliver: the events of these types so far, oldest first. */
export async function eventsSoFar(world: AccountWorld, ...types: readonly string[]): Promise<EventMessage[]> {
  const events = await Array.fromAsync(world.stripe.events.list({ types: [...types], limit: 100 }));
  return events.reverse().map(event => readEvent(event) ?? noEvent());
}

function noEvent(): never {
  throw new Error('Stripe lists what is not an event.');
}

let messages = 0;

export function messageWith(content: EventMessage, id = `message-${++messages}`): Message<EventMessage> {
  return { id, content };
}

/** As the queue would bring them; throws what the first failed one threw. */
export async function take(services: EventServices, ...events: readonly (EventMessage | Message<EventMessage>)[]) {
  const given = events.map(event => ('content' in event ? event : messageWith(event)));
  for (const outcome of (await takeEvents(given, services)).values()) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}
