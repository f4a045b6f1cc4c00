import * as z from 'zod';
import { DAY, type Instant, printInstant, SECOND } from '#shared/platform/instant.ts';
import { ABSENT, type Item, type Table } from '#shared/platform/table.ts';
import { addCounts, type FileCounts, NOTHING_COUNTED } from './file-counts.ts';
import { FileItem, fileKey, RangeItem } from './file-item.ts';

const KEPT_FOR = 400 * DAY;
const ALL = 'files';

/** `files` and `files#<source>` / `<openedAt>#<file>`: the files in order of time. */
const Pointer = z.object({ sk: z.string() });

/** Files of usage in the ledger, for 400 days. */
export class FileLedger {
  readonly table: Table;

  constructor(table: Table) {
    this.table = table;
  }

  /** @param wake what makes the item due, or asleep. `false`: it is there already. */
  create(file: FileItem, wake: Readonly<Record<string, unknown>>): Promise<boolean> {
    const expiresAt = expiresAtSeconds(file.openedAt);
    const place = `${printInstant(file.openedAt)}#${file.file}`;
    const item: Item = { ...fileKey(file.file), ...z.encode(FileItem, file), ...wake, expiresAt };
    return this.table.transact([
      { put: item, condition: ABSENT },
      { put: { pk: ALL, sk: place, expiresAt } },
      { put: { pk: `${ALL}#${file.source}`, sk: place, expiresAt } },
    ]);
  }

  read(file: string): Promise<FileItem | undefined> {
    return this.table.get(fileKey(file), FileItem);
  }

  /** In the order of the file. */
  async ranges({ file, plan }: Pick<FileItem, 'file' | 'plan'>): Promise<RangeItem[]> {
    const range = { pk: fileKey(file).pk, beginsWith: 'range#', consistent: true };
    const all = await Array.fromAsync(this.table.query(range, RangeItem));
    return all.filter(one => one.plan === plan);
  }

  /** What is counted of it so far. */
  async countsOf(file: FileItem): Promise<FileCounts> {
    if (file.counts !== undefined) return file.counts;
    if (file.ranges === 0) return NOTHING_COUNTED;
    return (await this.ranges(file)).map(({ counts }) => counts).reduce(addCounts, NOTHING_COUNTED);
  }

  /** Newest first. @param after sort key of the pointer behind which the page begins */
  async list(
    source: string | undefined,
    limit: number,
    after: string | undefined,
  ): Promise<{ readonly files: readonly FileItem[]; readonly next: string | undefined }> {
    const pk = source === undefined ? ALL : `${ALL}#${source}`;
    const range = { pk, newestFirst: true, limit: limit + 1, ...(after !== undefined && { after }) };
    const found = await Array.fromAsync(this.table.query(range, Pointer));
    const page = found.slice(0, limit);
    const files = await Promise.all(page.map(({ sk }) => this.read(sk.slice(sk.indexOf('#') + 1))));
    return {
      files: files.filter(file => file !== undefined),
      next: found.length > limit ? page.at(-1)?.sk : undefined,
    };
  }
}

/** When the items of a file may go. */
export function expiresAtSeconds(openedAt: Instant): number {
  return Math.floor((openedAt + KEPT_FOR) / SECOND);
}
