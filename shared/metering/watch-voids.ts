import * as z from 'zod';
import { linesOf } from '#shared/accounts/account-book.ts';
import { lineHistory } from '#shared/accounts/records/subscriber-line.ts';
import { DueFields, NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import { type DueRun, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { type Clock, DAY, type Instant, MINUTE, type Period, printInstant, SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { ABSENT, type Key, type Table } from '#shared/platform/table.ts';
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
type WatchedVoids = z.output<typeof WatchedVoids>;

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
  const item = z.encode(WatchedVoids, { kind: 'voids', account, start, end, ...NEVER_TAKEN, reported: 0 });
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

/** Handles a wake-up of kind `voids`. An old or doubled wake-up changes nothing. */
export async function reportVoids(services: VoidWatch, key: Key): Promise<void> {
  const rules = refusedAs(UNMATCHED);
  await workOnDue(services, { key, schema: WatchedVoids, rules }, run => report(services, run));
}

const UNMATCHED = 'void-unmatched';

async function report({ table, clock, pages }: VoidWatch, run: DueRun<WatchedVoids>): Promise<void> {
  const { key, item } = run;
  const now = clock();
  const tenures = (await linesOf(table, item.account)).map(lineHistory).flatMap(({ names }) => names);
  const { unmatchedVoids } = await readUsage(pages, tenures, item, { consistent: true });
  const old = unmatchedVoids.filter(each => dueOf(each) <= now);
  const young = unmatchedVoids.filter(each => dueOf(each) > now);
  const lookAt = young.length === 0 ? undefined : Math.min(...young.map(dueOf));
  const [newest] = old.toSorted((a, b) => b.acceptedSeconds - a.acceptedSeconds);
  if (newest === undefined || old.length <= item.reported) return run.finish({}, lookAt);
  const { source, by, id } = newest;
  const detail = { voids: String(old.length), newest: `${source}/${by}`, means: id };
  // Not by its code once and for all: more of them are news.
  const incident = incidentItem({ code: UNMATCHED, subject: key, openedAt: now, detail });
  await run.finish({ set: { reported: old.length }, beside: [{ put: incident }] }, lookAt);
}

function dueOf({ acceptedSeconds }: UnmatchedVoid): Instant {
  return acceptedSeconds * SECOND + COMES_WITHIN;
}

function keyOf(account: string, start: Instant): Key {
  return { pk: `account#${account}`, sk: `voids#${printInstant(start)}` };
}
