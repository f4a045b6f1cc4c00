import type { UsageSource } from '#shared/catalog/usage-source.ts';
import type { Checkpoint, FileEntry } from '#shared/usage/formats/file-entry.ts';
import { plainSource, readUsageFile } from '#shared/usage/formats/read-file.ts';

/** A source of the catalog; without more it is one that the catalog does not describe. */
export function aSource(fields: Partial<UsageSource> = {}): UsageSource {
  return { ...plainSource('switch'), ...fields };
}

/** The bytes in chunks of so many. */
export async function* inChunks(content: string | Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Reading {
  readonly from?: Checkpoint;
  readonly chunk?: number;
}

export function readAll(
  content: string | Uint8Array,
  source: UsageSource = aSource(),
  { from, chunk }: Reading = {},
): Promise<FileEntry[]> {
  const bytes = Buffer.from(content).subarray(from?.offset ?? 0);
  return Array.fromAsync(readUsageFile(inChunks(bytes, chunk), source, { fileId: 'f1', ...(from && { from }) }));
}

/** The records alone; a refusal fails the test that wants none. */
export async function recordsIn(content: string | Uint8Array, source?: UsageSource): Promise<unknown[]> {
  const entries = await readAll(content, source);
  return entries.flatMap(entry => {
    if (entry.kind === 'refused') throw new Error(`row ${entry.row}: ${JSON.stringify(entry.errors)}`);
    return entry.kind === 'record' ? [entry.record] : [];
  });
}

/** `3 wrong-time startedAt` for each refusal: row, code, path. */
export async function refusalsIn(content: string | Uint8Array, source?: UsageSource): Promise<string[]> {
  const entries = await readAll(content, source);
  return entries.flatMap(entry =>
    entry.kind === 'refused'
      ? entry.errors.map(({ code, path }) => [entry.row, code, path].filter(part => part !== '').join(' '))
      : [],
  );
}
