import * as z from 'zod';
import { Throttled } from '#shared/platform/failure.ts';
import { type Clock, DAY, SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Table } from '#shared/platform/table.ts';

// An event is taken in once, however often it is delivered and whatever dies on the way:
//
//   message 1  claim: owner 1, until now + 75 s   if not done and (free, 1's own, or its time is over) ──▶ works ──▶ done
//   message 2  (the same event again)  claim ──▶ held: comes again later ──▶ done: nothing to do
//   message 1 dies or times out: the queue brings it again ──▶ its own claim ──▶ works once more ──▶ done
//
// Work that was begun and not finished is done again from its start: reactions may be repeated.

const ClaimedEvent = z.object({
  /** Id of the queue message that works on it. */
  owner: z.string(),
  /** Milliseconds, to compare. */
  until: z.int(),
  doneAt: StoredInstant.optional(),
});

/** Longer than a function may run (60 s). */
const HELD_FOR = 75 * SECOND;
/** Stripe's own list goes back 30 days; older ones cannot be sent again. */
const KEPT_FOR = 40 * DAY;

/**
 * Runs `work` unless the event is done. Returns whether it ran.
 * @throws Throttled `busy` while another message works on it
 */
export async function onceForEvent(
  table: Table,
  clock: Clock,
  event: { readonly id: string; readonly owner: string },
  work: () => Promise<void>,
): Promise<boolean> {
  const { id, owner } = event;
  const key = { pk: `event#${id}`, sk: 'event' };
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
    if (knownClaim?.doneAt !== undefined) return false;
    throw new Throttled('busy', 'The event is being worked on.');
  }
  await work();
  await table.update(
    key,
    { set: { doneAt: z.encode(StoredInstant, clock()) } },
    { expression: '#owner = :owner', names: { '#owner': 'owner' }, values: { ':owner': owner } },
  );
  return true;
}
