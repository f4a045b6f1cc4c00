import { type Clock, DAY, HOUR, type Period } from '#shared/platform/instant.ts';
import type { EventMessage } from './event-message.ts';

/** Port: events of these types of that time that were not delivered, or not yet, oldest or newest first. */
export type ListUndelivered = (types: readonly string[], created: Period) => AsyncIterable<EventMessage>;

export interface MissedEventsServices {
  readonly clock: Clock;
  readonly listUndelivered: ListUndelivered;
  /** Done means: the queue has them. */
  readonly handOver: (messages: readonly EventMessage[]) => Promise<void>;
}

/** Stripe delivers again for three days, and this runs twice a day: a day of silence here loses nothing. */
const LOOK_BACK = 4 * DAY;
/** Younger ones are on their way. */
const LEAVE_ALONE = HOUR;
const AT_ONCE = 100;

/**
 * Queues what Stripe could not deliver. Most of it came in the meantime, or was fetched before: whoever takes the events
 * in tells by their ids. Returns how many there were.
 */
export async function fetchMissed(
  { clock, listUndelivered, handOver }: MissedEventsServices,
  types: readonly string[],
): Promise<number> {
  const now = clock();
  const created = { start: now - LOOK_BACK, end: now - LEAVE_ALONE };
  let found = 0;
  let some: EventMessage[] = [];
  const hand = async () => {
    await handOver(some);
    found += some.length;
    some = [];
  };
  for await (const event of listUndelivered(types, created)) {
    some.push({ ...event, fetched: true });
    if (some.length === AT_ONCE) await hand();
  }
  await hand();
  return found;
}
