import * as z from 'zod';
import { type Clock, DAY, HOUR, type Instant, type Period } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { EventMessage } from './event-message.ts';

/**
 * Port: all events of these types of that time, however they were delivered. A list of those that were *not* would miss
 * what happened while no endpoint was switched on.
 */
export type ListEvents = (types: readonly string[], created: Period) => AsyncIterable<EventMessage>;

export interface MissedEventsServices {
  readonly ledger: Table;
  readonly clock: Clock;
  readonly listEvents: ListEvents;
  /** Done means: the queue has them. */
  readonly handOver: (messages: readonly EventMessage[]) => Promise<void>;
}

/** Younger ones are on their way. */
const LEAVE_ALONE = HOUR;
/** Of the first run, which does not know what was listed before. */
const FIRST_LOOK = 4 * DAY;
/** How far back the provider lists its events. */
const LISTED_FOR = 30 * DAY;
const AT_ONCE = 100;

/** How far events have been listed; each run goes on from there. */
const PROGRESS = { pk: 'stripe', sk: 'events-listed' };
const Progress = z.object({ until: StoredInstant });

/** How many events there were, and since when. */
export interface FetchedEvents {
  readonly found: number;
  readonly since: Instant;
}

/**
 * Queues every event since the last run, each listed once. Nearly all have come by themselves: whoever takes the events in
 * tells by their ids. A run that dies before its note is repeated by the next one, and so is the time in which nothing ran.
 */
export async function fetchMissed(
  { ledger, clock, listEvents, handOver }: MissedEventsServices,
  types: readonly string[],
): Promise<FetchedEvents> {
  const until = clock() - LEAVE_ALONE;
  const listed = (await ledger.get(PROGRESS, Progress))?.until;
  const since = Math.max(listed ?? until - FIRST_LOOK, until - LISTED_FOR);
  let found = 0;
  let some: EventMessage[] = [];
  const hand = async () => {
    await handOver(some);
    found += some.length;
    some = [];
  };
  for await (const event of listEvents(types, { start: since, end: until })) {
    some.push({ ...event, fetched: true });
    if (some.length === AT_ONCE) await hand();
  }
  await hand();
  await ledger.put({ ...PROGRESS, until: z.encode(StoredInstant, until) });
  return { found, since };
}
