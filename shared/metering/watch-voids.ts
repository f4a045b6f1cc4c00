import * as z from 'zod';
import { linesOf } from '#shared/accounts/account-book.ts';
import { lineHistory } from '#shared/accounts/subscriber-line.ts';
import { ASLEEP, DueFields, isTaken, underLease, wakesAt } from '#shared/platform/due.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { type Clock, DAY, type Instant, MINUTE, type Period, printInstant, SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { ABSENT, type Key, type Table, type Write } from '#shared/platform/table.ts';
import type { UnmatchedVoid } from '#shared/usage/pages/decode-pages.ts';
import { type PageReader, readUsage } from '#shared/usage/pages/read-pages.ts';

/** `account#<a>` / `voids#<period start>`: voids whose records have not come yet. A due item. */
const WatchedVoids = DueFields.extend({
  kind: z.literal('voids'),
  account: z.string(),
  start: StoredInstant,
  end: StoredInstant,
  /** So many have been told of. */
  reported: z.int().nonnegative().default(0),
});

/** A void may come before its record, but not by more than this (contract 2.1). */
const COMES_WITHIN = DAY;

// Rating sees voids without a record whenever it folds a period:
//
//   rating   some, more than were told of, and nobody waits ──▶ item wakes a day after the first was accepted
//   handler  pages read again: those older than a day that are still alone, more than were told of ──▶ case  (one write)
//            younger ones: comes again a day after the next of them; else waits for nothing

/** Looked at again when the first of them should have met its record. */
export async function watchVoids(
  table: Table,
  account: string,
  { start, end }: Period,
  voids: readonly UnmatchedVoid[],
  now: Instant,
): Promise<void> {
  if (voids.length === 0) return;
  const key = keyOf(account, start);
  const wake = wakesAt(key, Math.max(now + MINUTE, Math.min(...voids.map(dueOf))));
  const item = z.encode(WatchedVoids, { kind: 'voids', account, start, end, lease: 0, reported: 0 });
  if (await table.put({ ...key, ...item, ...wake }, ABSENT)) return;
  await table.update(
    key,
    { set: wake },
    { expression: 'attribute_not_exists(wakeAt) AND reported < :found', values: { ':found': voids.length } },
  );
}

export interface VoidWatch {
  readonly table: Table;
  readonly clock: Clock;
  readonly pages: PageReader;
}

/** Handles a wake-up of kind `voids`. */
export async function reportVoids({ table, clock, pages }: VoidWatch, key: Key): Promise<void> {
  const item = await table.get(key, WatchedVoids);
  if (item === undefined || !isTaken(item)) return;
  const now = clock();
  const tenures = (await linesOf(table, item.account)).map(lineHistory).flatMap(({ names }) => names);
  const { unmatchedVoids } = await readUsage(pages, tenures, item, { consistent: true });
  const old = unmatchedVoids.filter(each => dueOf(each) <= now);
  const young = unmatchedVoids.filter(each => dueOf(each) > now);
  const isNews = old.length > item.reported;
  const next = young.length === 0 ? ASLEEP : wakesAt(key, Math.min(...young.map(dueOf)));
  const [first] = old.toSorted((a, b) => b.acceptedSeconds - a.acceptedSeconds);
  const told: Write[] =
    first === undefined || !isNews
      ? []
      : [
          {
            put: incidentItem({
              code: 'void-unmatched',
              subject: key,
              openedAt: now,
              detail: { voids: String(old.length), newest: `${first.source}/${first.by}`, means: first.id },
            }),
          },
        ];
  const set = { ...next, ...(isNews && { reported: old.length }) };
  await table.transact([{ update: key, change: { set }, condition: underLease(item) }, ...told]);
}

function dueOf({ acceptedSeconds }: UnmatchedVoid): Instant {
  return acceptedSeconds * SECOND + COMES_WITHIN;
}

function keyOf(account: string, start: Instant): Key {
  return { pk: `account#${account}`, sk: `voids#${printInstant(start)}` };
}
