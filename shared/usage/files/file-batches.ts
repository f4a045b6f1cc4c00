import type { Checkpoint, FileEntry } from '../formats/file-entry.ts';
import type { UsageFileReading } from '../formats/read-file.ts';

/** Rows that are counted together, and where reading goes on behind them. */
export interface RowBatch {
  readonly entries: readonly FileEntry[];
  readonly next: Checkpoint;
  /** Nothing comes behind them. */
  readonly isLast: boolean;
}

/** An object of the archive and a checkpoint for each batch. */
export const ROWS_PER_BATCH = 5_000;
/** Rows may be long: what is held at once is not. */
const BYTES_PER_BATCH = 8 * 1024 * 1024;

/**
 * Cuts what is read into batches. From one checkpoint on they are always the same, so that a batch that was counted
 * before a crash is the same batch afterwards.
 */
export async function* batchesOf(reading: UsageFileReading, rowsPerBatch = ROWS_PER_BATCH): AsyncGenerator<RowBatch> {
  let entries: FileEntry[] = [];
  for await (const entry of reading) {
    entries.push(entry);
    const bytes = entry.offset - (entries[0]?.offset ?? entry.offset);
    if (entries.length < rowsPerBatch && bytes < BYTES_PER_BATCH) continue;
    yield { entries, next: reading.checkpoint(), isLast: false };
    entries = [];
  }
  yield { entries, next: reading.checkpoint(), isLast: true };
}
