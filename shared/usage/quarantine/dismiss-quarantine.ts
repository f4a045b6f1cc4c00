import { allInParallel } from '#shared/platform/in-parallel.ts';
import { type Clock, SECOND } from '#shared/platform/instant.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import { printStamp, printVoid, stamped } from '../pages/page-codec.ts';
import { pageKey, printSlot, slotStart, voidAttribute } from '../pages/page-key.ts';
import type { WritePage } from '../pages/page-writer.ts';
import type { Retention } from '../posting/retention.ts';
import { fits } from './dismissal.ts';
import { expand } from './expand-quarantine.ts';
import { newestPointers, type QuarantineDependencies, type QuarantinePlace, START } from './list-quarantine.ts';
import type { QuarantinedRecord, QuarantineFilter } from './quarantine.ts';

export interface DismissalDependencies extends QuarantineDependencies {
  readonly writePage: WritePage;
  readonly retention: Retention;
  readonly clock: Clock;
}

export interface Dismissed {
  readonly dismissed: number;
  /** Where to go on, when there were too many for one call. */
  readonly next: QuarantinePlace | undefined;
}

const ROUNDS = 10;
const POINTERS_AT_ONCE = 8;

/** In the place of the record that voids: no source sends it. */
const BY = 'dismissed';

/**
 * Puts aside what the filter names and will never count.
 *
 * noted with its reason ──▶ crash ──▶ it is still in quarantine: dismissed again, the same note ──▶ void on its page
 *                       ──▶ void on its page ──▶ crash ──▶ it has left quarantine, and the note is there
 *
 * The void holds whatever becomes of its cause: a line that is made later finds it voided. What lost in a conflict is
 * not voided, because its page may hold what won under the same id; it counts nowhere, and the note keeps it off the list.
 */
export async function dismissQuarantine(
  filter: QuarantineFilter,
  reason: string,
  from: QuarantinePlace | undefined,
  ports: DismissalDependencies,
): Promise<Dismissed> {
  let position: QuarantinePlace | undefined = from ?? START;
  let dismissed = 0;
  for (let round = 0; round < ROUNDS && position !== undefined; round++) {
    const { pointers, rest } = await newestPointers(filter, position, ports);
    await allInParallel(pointers, POINTERS_AT_ONCE, async stored => {
      const { records } = await expand(stored.pointer, ports);
      const wanted = records.filter(record => fits(record, filter));
      for (const record of wanted) await putAside(record, reason, ports);
      dismissed += wanted.length;
      if (wanted.length === records.length) await ports.quarantine.drop(stored);
    });
    position = rest;
  }
  return { dismissed, next: position };
}

async function putAside(record: QuarantinedRecord, reason: string, ports: DismissalDependencies): Promise<void> {
  const { facts, code } = record;
  const { name, kind, startedAt, source, id } = facts;
  const now = ports.clock();
  const start = slotStart(startedAt);
  const expiresAtSeconds = ports.retention.expiresAtSeconds(kind, start);
  await ports.dismissed.note(record, reason, now, expiresAtSeconds);
  if (code === 'conflict') return;
  const sourceCode = mustHave(ports.pages.sources.codeOf(source), `No page has told the code of ${source}.`);
  const page = { name, page: pageKey(printSlot(start), kind), expiresAtSeconds };
  const text = stamped(printVoid({ offsetMs: startedAt - start, by: BY }), printStamp(Math.floor(now / SECOND), BY));
  await ports.writePage(page, new Map([[voidAttribute(sourceCode, id), text]]));
}
