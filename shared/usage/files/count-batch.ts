import { gzipSync } from 'node:zlib';
import type { UsageSource } from '#shared/platform/http/caller.ts';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import type { Checkpoint, FileEntry } from '../formats/file-entry.ts';
import type { BatchCount } from '../intake/batch-marker.ts';
import { takeIn } from '../intake/take-in.ts';
import { stampTag } from '../posting/batch-id.ts';
import { type BatchMessage, RecordList } from '../posting/batch-message.ts';
import { isRefused, recordChecker } from '../posting/check-record.ts';
import { type FileCounts, type NamedRefusal, NOTHING_COUNTED, REFUSALS_NAMED } from './file-counts.ts';
import { refusalsKey } from './file-place.ts';
import type { FileServices } from './file-services.ts';

/** A few rows of a file, and as of when and for whom they are accepted. */
export interface BatchOfFile {
  readonly file: string;
  readonly source: UsageSource;
  readonly acceptedAt: Instant;
  /** Where it begins. */
  readonly from: Checkpoint;
  readonly entries: readonly FileEntry[];
}

/** What was checked, and what becomes of it. */
export interface CheckedBatch {
  /** `undefined`: no row is acceptable. */
  readonly message: BatchMessage | undefined;
  readonly refusals: readonly NamedRefusal[];
  readonly counts: FileCounts;
}

const ERRORS_PER_ROW = 5;

/** Checks rows as posted records are checked (contract 2.1, 2.2). */
export function checkBatch(batch: BatchOfFile, keptSince: (kind: string) => Instant): CheckedBatch {
  const { source, acceptedAt } = batch;
  const check = recordChecker({ acceptedAt, sourceCode: source.code, keptSince });
  const list = new RecordList();
  const refusals: NamedRefusal[] = [];
  const leftOut: Record<string, number> = {};
  let records = 0;
  let trailer: FileCounts['trailer'] = null;
  for (const entry of batch.entries) {
    if (entry.kind === 'trailer') {
      trailer = { expected: { ...entry.expected }, found: { ...entry.found }, agrees: entry.agrees };
      continue;
    }
    records += 1;
    if (entry.kind === 'left-out') leftOut[entry.rule] = (leftOut[entry.rule] ?? 0) + 1;
    else if (entry.kind === 'refused') {
      refusals.push({ row: entry.row, id: entry.id ?? null, errors: entry.errors.slice(0, ERRORS_PER_ROW) });
    } else {
      const checked = check(entry.record);
      if (!isRefused(checked)) list.add(checked);
      else refusals.push({ row: entry.row, id: idOf(entry.record), errors: checked.slice(0, ERRORS_PER_ROW) });
    }
  }
  const counts = {
    ...NOTHING_COUNTED,
    ...{ records, accepted: list.length, refused: refusals.length, leftOut, trailer },
    refusals: refusals.slice(0, REFUSALS_NAMED),
  };
  return { message: list.length === 0 ? undefined : messageOf(batch, list), refusals, counts };
}

function messageOf({ file, source, acceptedAt, from }: BatchOfFile, list: RecordList): BatchMessage {
  // No caller can choose such an id: `~` is none of the characters that `?batch=` takes.
  const batch = `file~${file}~${from.offset.toString(36)}.${from.skip.toString(36)}`;
  return {
    v: 1,
    batch,
    source: source.name,
    sourceCode: source.code,
    acceptedSeconds: Math.floor(acceptedAt / SECOND),
    tag: stampTag(source.name, batch),
    accepted: list.length,
    pages: list.pages,
    records: list.records,
  };
}

/**
 * Counts rows of a file by the way that posted usage takes: archive, pages, pointers, the batch's counts. Counted again
 * after a crash they find their own stamps and come out the same. How far the source has reported is told only when the
 * whole file is counted: an invoice that waits for it must find what stands further up in the file.
 * @throws Throttled, Unavailable
 */
export async function countBatch(services: FileServices, batch: BatchOfFile): Promise<FileCounts> {
  const { keptSince, intake, objects } = services;
  const { message, refusals, counts } = checkBatch(batch, kind => keptSince(kind, batch.acceptedAt));
  if (refusals.length > 0) await objects.put(refusalsKey(batch.file, batch.from), printRefusals(refusals));
  if (message === undefined) return counts;
  const archive = await services.archive([message]);
  let counted: BatchCount | undefined;
  let newest: Instant | undefined;
  const outcomes = await takeIn([{ id: message.batch, message, archive }], {
    ...intake,
    countBatch: async (of, count) => {
      await intake.countBatch(of, count);
      counted = count;
    },
    noteWatermark: async (_, through) => {
      newest = through;
    },
  });
  for (const outcome of outcomes.values()) if (outcome.status === 'rejected') throw outcome.reason;
  return {
    ...counts,
    duplicates: counted?.duplicates ?? 0,
    conflicts: counted?.conflicting ?? 0,
    quarantined: counted?.quarantined ?? 0,
    ...(newest !== undefined && { newest }),
  };
}

/** A member of gzip a batch: put one behind the other they are one file. */
function printRefusals(refusals: readonly NamedRefusal[]): Uint8Array {
  return gzipSync(refusals.map(refusal => `${JSON.stringify(refusal)}\n`).join(''));
}

function idOf(record: unknown): string | null {
  const id = typeof record === 'object' && record !== null && 'id' in record ? record.id : undefined;
  return typeof id === 'string' ? id.slice(0, 64) : null;
}
