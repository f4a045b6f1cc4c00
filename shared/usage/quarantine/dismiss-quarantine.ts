import { sha256 } from '#shared/platform/digest.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import type { Clock } from '#shared/platform/instant.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import type { UsageFacts } from '../pages/facts.ts';
import { printVoid } from '../pages/page-codec.ts';
import { slotStart, voidAttribute } from '../pages/page-key.ts';
import { messageOf } from '../posting/accept-usage.ts';
import { type BatchMessage, RecordList } from '../posting/batch-message.ts';
import type { PageEntry } from '../posting/check-record.ts';
import type { Retention } from '../posting/retention.ts';
import { fits } from './dismissal.ts';
import { expand } from './expand-quarantine.ts';
import { newestPointers, type QuarantineDependencies, type QuarantinePlace, START } from './list-quarantine.ts';
import type { QuarantinedRecord, QuarantineFilter } from './quarantine.ts';

export interface DismissalDependencies extends QuarantineDependencies {
  /** Durable when it returns. */
  readonly handOver: (message: BatchMessage) => Promise<void>;
  readonly retention: Retention;
  /** Of a source whose pages were read here before. */
  readonly sourceCodeOf: (name: string) => string | undefined;
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
 * void handed over, durable ──▶ on its page, as any void of a batch
 *         └──▶ crash ──▶ it leaves quarantine without its note ──▶ dismissed again at once: the same void, and the note
 *         └──▶ noted with its reason ──▶ off the list, before intake has written the void
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
    const found = await allInParallel(pointers, POINTERS_AT_ONCE, async stored => {
      const { records } = await expand(stored.pointer, ports);
      return {
        stored,
        wanted: records.filter(record => fits(record, filter)),
        isAll: records.every(record => fits(record, filter)),
      };
    });
    const wanted = found.flatMap(one => one.wanted);
    await handOverVoids(wanted, ports);
    for (const record of wanted) await note(record, reason, ports);
    for (const { stored, isAll } of found) if (isAll) await ports.quarantine.drop(stored);
    dismissed += wanted.length;
    position = rest;
  }
  return { dismissed, next: position };
}

async function note(record: QuarantinedRecord, reason: string, ports: DismissalDependencies): Promise<void> {
  const { kind, startedAt } = record.facts;
  const expiresAtSeconds = ports.retention.expiresAtSeconds(kind, slotStart(startedAt));
  await ports.dismissed.note(record, reason, ports.clock(), expiresAtSeconds);
}

/** A batch of voids for each source: archived and counted as every other. */
async function handOverVoids(records: readonly QuarantinedRecord[], ports: DismissalDependencies): Promise<void> {
  const voided = records.filter(({ code }) => code !== 'conflict');
  for (const [name, ofSource] of Map.groupBy(voided, ({ facts }) => facts.source)) {
    const code = mustHave(ports.sourceCodeOf(name), `No page has told the code of ${name}.`);
    const list = new RecordList();
    for (const { facts } of ofSource) list.add(voidOf(facts, code));
    const batch = `${BY}-${sha256(list.records.join('\n'), 'base64url').slice(0, 22)}`;
    await ports.handOver(messageOf(batch, { name, code }, ports.clock(), list));
  }
}

function voidOf({ name, kind, startedAt, id }: UsageFacts, sourceCode: string): PageEntry {
  const start = slotStart(startedAt);
  const facts = printVoid({ offsetMs: startedAt - start, by: BY });
  return { name, kind, slotStart: start, attribute: voidAttribute(sourceCode, id), facts };
}
