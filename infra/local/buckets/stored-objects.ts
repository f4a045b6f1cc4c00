import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';

/** An object of a bucket. Never changed in place: snapshots share it. */
export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** As the writer gave them: type, encoding, disposition, metadata, checksums. */
  readonly headers: Readonly<Record<string, string>>;
  /** With quotes. */
  readonly etag: string;
  /** Domain time. */
  readonly modifiedAt: number;
}

const KeptFile = z.object({
  key: z.string(),
  headers: z.record(z.string(), z.string()),
  modifiedAt: z.number(),
  body: z.base64(),
});

/** One bucket; `folder` keeps its objects over restarts, a file each. */
export class StoredObjects {
  readonly #folder: string | undefined;
  #objects = new Map<string, StoredObject>();

  readonly #now: () => Instant;

  constructor(now: () => Instant, folder?: string) {
    this.#now = now;
    this.#folder = folder;
    if (folder === undefined || !existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      const { key, headers, modifiedAt, body } = KeptFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      this.#objects.set(key, objectOf(key, Buffer.from(body, 'base64'), headers, modifiedAt));
    }
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  put(key: string, body: Buffer, headers: Readonly<Record<string, string>>): StoredObject {
    const object = objectOf(key, body, headers, this.#now());
    this.#objects.set(key, object);
    this.#keep(object);
    return object;
  }

  remove(key: string): void {
    this.#objects.delete(key);
    if (this.#folder !== undefined) rmSync(join(this.#folder, fileOf(key)), { force: true });
  }

  /** Those whose keys begin so and lie behind the given one, in the order of their keys. */
  list(prefix: string, after: string): StoredObject[] {
    const found = [...this.#objects.values()].filter(
      ({ key }) => key.startsWith(prefix) && (after === '' || key > after),
    );
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  snapshot(): ReadonlyMap<string, StoredObject> {
    return new Map(this.#objects);
  }

  restore(snapshot: ReadonlyMap<string, StoredObject>): void {
    this.#objects = new Map(snapshot);
  }

  #keep({ key, headers, modifiedAt, body }: StoredObject): void {
    if (this.#folder === undefined) return;
    mkdirSync(this.#folder, { recursive: true });
    const kept = { key, headers, modifiedAt, body: body.toString('base64') };
    writeFileSync(join(this.#folder, fileOf(key)), JSON.stringify(kept));
  }
}

function objectOf(
  key: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  modifiedAt: number,
): StoredObject {
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  return { key, body, headers, etag, modifiedAt };
}

/** Keys may be longer than a file's name. */
function fileOf(key: string): string {
  return `${createHash('sha256').update(key).digest('hex')}.json`;
}
