import * as z from 'zod';
import { type Message, settleInTurn } from '#shared/platform/queue.ts';
import { WakeUp } from '#shared/platform/wake-up.ts';
import { waitingEvent } from './claim-event.ts';
import { EventMessage } from './event-message.ts';
import type { EventServices } from './reaction.ts';
import { takeEvent } from './take-event.ts';

/** An event as it comes, or the wake-up of one that had to wait. */
export const EventsMessage = z.union([EventMessage, WakeUp]);
export type EventsMessage = z.output<typeof EventsMessage>;

/** Different customers side by side, one customer's events in turn: they need the same account. */
export function takeEvents(
  messages: readonly Message<EventsMessage>[],
  services: EventServices,
): Promise<ReadonlyMap<string, PromiseSettledResult<unknown>>> {
  return settleInTurn(
    messages,
    ({ content }) => ('pk' in content ? content.pk : (content.customer ?? content.id)),
    async ({ id, content }) => {
      const event = 'pk' in content ? await waitingEvent(services.ledger, { pk: content.pk, sk: content.sk }) : content;
      if (event !== undefined) await takeEvent({ id, content: event }, services);
    },
  );
}
