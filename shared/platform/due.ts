import * as z from 'zod';
import { type Instant, MINUTE } from './instant.ts';
import { shardOf } from './shard.ts';
import type { Condition, Key, Table } from './table.ts';

// Everything that waits for a moment waits in the same way: an item of the ledger with `wakeAt` in the sparse index.
//
//   owner    put/update item, wakeAt = T ─────────────────────────────────────────▶ item waits
//   sweeper  T reached: wakeAt = now + 5 min, lease + 1, dueSince   if wakeAt = T ──▶ one sweeper wins ──▶ wake-up {kind, pk, sk}
//   handler  consistent read; no dueSince: an old wake-up, nothing to do
//            works; new state and (next wakeAt or none), dueSince removed   if lease = the one read and dueSince is there
//                                            false: another finished it, or took it over after 5 min ──▶ drop what was done
//
// A crash between taking and waking, a lost wake-up, a crash in the handler: the item comes again when the lease has passed.
// A doubled wake-up: both may work, one completes; effects outside carry identities of their own.

/** An index partition takes 1,000 writes a second and a move is two: 2,000 moves a second, six times what one sweep sends. */
export const DUE_SHARDS = 4;
/** Longer than a function may run (`work-queues.ts`), so that a slow handler is seldom overtaken. */
export const LEASE_TIME = 5 * MINUTE;

/** What the due index adds to an item; merge it into the item's own schema. */
export const DueFields = z.object({
  wakeShard: z.string().optional(),
  wakeAt: z.string().optional(),
  /** Fencing number: counts how often the item was taken. */
  lease: z.int().nonnegative().default(0),
  /** The moment it was due at, from taken until completed. */
  dueSince: z.string().optional(),
  /** Runs in a row that failed, or found something unfinished. */
  failures: z.int().nonnegative().default(0),
  /** An incident about it is open, under this code. */
  caseOpen: z.string().optional(),
});
export type DueFields = z.infer<typeof DueFields>;

export function dueShard(shard: number): string {
  return `due#${shard}`;
}

/** Always with milliseconds: the index sorts as text, and `00:00Z` would sort behind `00:00.500Z`. */
export function wakeText(at: Instant): string {
  return new Date(at).toISOString();
}

/** The attributes that make an item wait for `at`; part of the put or of `set`. Also ends a lease that was held. */
export function wakesAt(key: Key, at: Instant) {
  return {
    wakeShard: dueShard(shardOf(`${key.pk}/${key.sk}`, DUE_SHARDS)),
    wakeAt: wakeText(at),
    dueSince: undefined,
  } as const;
}

/** What a new due item begins with, besides the moment it waits for. */
export const NEVER_TAKEN = { lease: 0, failures: 0 } as const;

/** The attributes of an item that waits for nothing; part of `set`. */
export const ASLEEP = { wakeShard: undefined, wakeAt: undefined, dueSince: undefined } as const;

/** For the sweeper. `false`: another sweeper was quicker, or the item was rescheduled since it was seen. */
export function takeDue(table: Table, key: Key, sawWakeAt: string, now: Instant): Promise<boolean> {
  return table.update(
    key,
    { set: { wakeAt: wakeText(now + LEASE_TIME), dueSince: sawWakeAt }, add: { lease: 1 } },
    { expression: 'wakeAt = :saw', values: { ':saw': sawWakeAt } },
  );
}

/** For the handler, on the consistently read item: is there something to do, or was the wake-up an old one? */
export function isTaken(item: DueFields): boolean {
  return item.dueSince !== undefined;
}

/** The condition of the completing write. */
export function underLease(item: DueFields): Condition {
  return {
    expression: '#lease = :lease AND attribute_exists(#dueSince)',
    names: { '#lease': 'lease', '#dueSince': 'dueSince' },
    values: { ':lease': item.lease },
  };
}

const FIRST_RETRY = MINUTE;
const LONGEST_RETRY = 60 * MINUTE;

/** When to try again after the nth failure in a row (from 1): 1, 2, 4, 8, 16, 32 minutes, then every hour. */
export function backOff(failures: number, now: Instant): Instant {
  return now + Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(failures - 1, 10));
}
