import type { Message } from '#shared/platform/queue.ts';
import type { EventMessage } from './event-message.ts';
import type { EventServices } from './reaction.ts';
import { takeEvent } from './take-event.ts';

/** Different customers side by side, one customer's events in turn: they need the same account. Answers each outcome. */
export async function takeEvents(
  messages: readonly Message<EventMessage>[],
  services: EventServices,
): Promise<ReadonlyMap<string, PromiseSettledResult<unknown>>> {
  const byCustomer = Map.groupBy(messages, ({ content }) => content.customer ?? content.id);
  const outcomes = new Map<string, PromiseSettledResult<unknown>>();
  await Promise.all(
    Array.from(byCustomer.values(), async events => {
      for (const event of events) {
        const [outcome] = await Promise.allSettled([takeEvent(event, services)]);
        outcomes.set(event.id, outcome);
      }
    }),
  );
  return outcomes;
}
