import { type Message, settleInTurn } from '#shared/platform/queue.ts';
import type { EventMessage } from './event-message.ts';
import type { EventServices } from './reaction.ts';
import { takeEvent } from './take-event.ts';

/** Different customers side by side, one customer's events in turn: they need the same account. */
export function takeEvents(
  messages: readonly Message<EventMessage>[],
  services: EventServices,
): Promise<ReadonlyMap<string, PromiseSettledResult<unknown>>> {
  return settleInTurn(
    messages,
    ({ content }) => content.customer ?? content.id,
    message => takeEvent(message, services),
  );
}
