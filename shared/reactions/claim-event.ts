import * as z from 'zod';
import { ASLEEP, backOff, DueFields, isTaken, wakesAt } from '#shared/platform/due.ts';
import { Failure, Throttled } from '#shared/platform/failure.ts';
import { type Clock, DAY, SECOND } from '#shared/platform/instant.ts';
import { logFailure } from '#shared/platform/log.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';
import { EventMessage } from './event-message.ts';

// An event is taken in once, however often it is delivered and whatever dies on the way:
//
//   message 1  claim: owner 1, until now + 75 s   if not done and (free, 1's own, or its time is over) ──▶ works ──▶ done
//   message 2  (the same event again)  claim ──▶ held: comes again later ──▶ done: nothing to do
//   message 1 dies or times out: the queue brings it again ──▶ its own claim ──▶ works once more ──▶ done
//   Stripe is busy or away: the claim becomes a due item with the event in it, and the message is done with
//              due ──▶ wake-up ──▶ claim ──▶ works ──▶ done, asleep       an outage may last as long as it likes
//
// Work that was begun and not finished is done again from its start: reactions may be repeated.

const ClaimedEvent = z.object({
  /** Id of the queue message that works on it. */
  owner: z.string(),
  /** Milliseconds, to compare. */
  until: z.int(),
  doneAt: StoredInstant.optional(),
});

/** `event#<id>` / `event`: an event that waits for Stripe. A due item. */
const WaitingEvent = DueFields.extend({
  kind: z.literal('event').optional(),
  /** Absent once it is done. */
  event: EventMessage.optional(),
});

/** Longer than a function may run (60 s). */
const HELD_FOR = 75 * SECOND;
/** Stripe's own list goes back 30 days; older ones cannot be sent again. */
const KEPT_FOR = 40 * DAY;

export type TakenIn = 'done' | 'known' | 'put-off';

/**
 * Runs `work` unless the event is done. What passes by itself puts it off.
 * @throws Throttled `busy` while another message works on it; what `work` throws and does not pass
 */
export async function onceForEvent(
  table: Table,
  clock: Clock,
  { event, owner }: { readonly event: EventMessage; readonly owner: string },
  work: () => Promise<void>,
): Promise<TakenIn> {
  const key = keyOf(event.id);
  const now = clock();
  const taken = await table.update(
    key,
    {
      set: {
        owner,
        until: now + HELD_FOR,
        expiresAt: Math.floor((now + KEPT_FOR) / SECOND),
      },
    },
    {
      expression:
        'attribute_not_exists(#doneAt) AND (attribute_not_exists(#owner) OR #owner = :owner OR #until <= :now)',
      names: { '#doneAt': 'doneAt', '#owner': 'owner', '#until': 'until' },
      values: { ':owner': owner, ':now': now },
    },
  );
  if (!taken) {
    const knownClaim = await table.get(key, ClaimedEvent);
    if (knownClaim?.doneAt !== undefined) return 'known';
    throw new Throttled('busy', 'The event is being worked on.');
  }
  const isOurs = { expression: '#owner = :owner', names: { '#owner': 'owner' }, values: { ':owner': owner } };
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure && error.retryable)) throw error;
    logFailure('event put off', error);
    const failures = ((await table.get(key, DueFields))?.failures ?? 0) + 1;
    const waiting = { kind: 'event', event: z.encode(EventMessage, event), failures, until: 0 };
    await table.update(key, { set: { ...waiting, ...wakesAt(key, backOff(failures, clock())) } }, isOurs);
    return 'put-off';
  }
  const done = { doneAt: z.encode(StoredInstant, clock()), kind: undefined, event: undefined, ...ASLEEP };
  await table.update(key, { set: done }, isOurs);
  return 'done';
}

/** The event behind a wake-up; `undefined`: an old wake-up, nothing waits. */
export async function waitingEvent(table: Table, key: Key): Promise<EventMessage | undefined> {
  const item = await table.get(key, WaitingEvent);
  return item !== undefined && isTaken(item) ? item.event : undefined;
}

function keyOf(id: string): Key {
  return { pk: `event#${id}`, sk: 'event' };
}
