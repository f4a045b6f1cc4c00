import * as z from 'zod';
import { type DueRun, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import type { Key } from '#shared/platform/table.ts';
import { readUsageFile, type UsageFileReading } from '../formats/read-file.ts';
import { countBatch } from './count-batch.ts';
import { batchesOf } from './file-batches.ts';
import { addCounts, FileCounts } from './file-counts.ts';
import { type FileItem, fileKey, fileOfKey, MOST_TRIES, RangeItem } from './file-item.ts';
import type { FileServices, FileSource } from './file-services.ts';
import { finishFile, refuseFileAt } from './finish-file.ts';
import { fileIdOf } from './look-through.ts';
import { objectBytes, pieceBytes } from './plain-bytes.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Then a range is given back and goes on in another invocation: well before the function's time is over. */
const READ_FOR = 150 * SECOND;

/**
 * A wake-up of a range: counts it batch after batch from where it stands.
 *
 *   batch counted ──▶ checkpoint ──▶ batch counted ──▶ checkpoint ... ──▶ range done, and one more of the file's ranges
 *     died before a checkpoint: the same batch once more, which finds its own stamps
 *     time is up: checkpoint, due now, woken at once
 *     all ranges are done: the last one finishes the file; should it die before, its wake-up comes again, or the file looks
 */
export async function workOnRange(services: FileServices, key: Key): Promise<void> {
  const until = services.elapsed() + READ_FOR;
  await workOnDue(services, { key, schema: RangeItem, rules: refusedAs('file-stuck') }, async run => {
    const { item } = run;
    const file = await services.files.read(item.file);
    if (file === undefined || item.isDone) return run.finish();
    if (item.tries >= MOST_TRIES) {
      const row = String(item.from.row + 1);
      const detail = { source: file.source, file: item.file, row, tries: String(item.tries) };
      return run.finish({ set: { tries: 0 }, trouble: { code: 'file-stuck', detail } });
    }
    await run.note({ add: { tries: 1 } });
    try {
      await readOn(services, run, file, until);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      await run.finish({ set: { tries: 0 } });
      await refuseFileAt(services, file.file, error);
    }
  });
  // Also when the wake-up is an old one: it comes again where the last one died between the two.
  const file = await services.files.read(fileOfKey(key));
  if (file?.state === 'reading' && file.rangesDone === file.ranges) await finishFile(services, file);
}

async function readOn(services: FileServices, run: DueRun<RangeItem>, file: FileItem, until: Instant): Promise<void> {
  const acceptedAt = file.acceptedAt ?? file.openedAt;
  // The catalog of then, also for ranges that are read after another was published.
  const known = await services.sourceNamed(file.source, acceptedAt);
  if (known === undefined) throw new UnreadableFile('unknown-source', 'The source is not known any more.');
  const { source } = known;
  let { from, counts } = run.item;
  for await (const { entries, next, isLast } of batchesOf(readingOf(services, run.item, file, known))) {
    counts = addCounts(counts, await countBatch(services, { file: file.file, source, acceptedAt, from, entries }));
    from = next;
    const set = { from, counts: z.encode(FileCounts, counts), tries: 0 };
    if (isLast) {
      const oneMore = { update: fileKey(file.file), change: { add: { rangesDone: 1 } } };
      return run.finish({ set: { ...set, isDone: true }, beside: [oneMore] });
    }
    if (services.elapsed() < until) await run.note({ set });
    else {
      const now = services.clock();
      await run.finish({ set }, now);
      return services.hurry([run.key], now);
    }
  }
}

/** Reads a range on from where it stands. */
function readingOf(
  { objects }: FileServices,
  { from, end }: RangeItem,
  { file, key, etag, isPacked, digest }: FileItem,
  { description }: FileSource,
): UsageFileReading {
  const bytes = isPacked
    ? pieceBytes(objects, file, from.offset, end)
    : objectBytes(objects, { key, etag }, from.offset, end);
  return readUsageFile(bytes, description, {
    fileId: fileIdOf(mustHave(digest, 'A range is there before its file was looked through.')),
    from,
  });
}
