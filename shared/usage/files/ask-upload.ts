import { NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import { Forbidden, InvalidInput } from '#shared/platform/failure.ts';
import type { Caller } from '#shared/platform/http/caller.ts';
import { type Clock, DAY, type Instant, MINUTE, SECOND } from '#shared/platform/instant.ts';
import { type FileItem, fileKey } from './file-item.ts';
import type { FileLedger } from './file-ledger.ts';
import type { FileObjects } from './file-objects.ts';
import { uploadKey } from './file-place.ts';

/** How long the address of an upload takes bytes (contract 2.2). */
const UPLOAD_TIME = DAY;
/** A slow upload that began in time, and its notice, may come somewhat later. */
const LOOKED_FOR_AFTER = UPLOAD_TIME + 30 * MINUTE;

export interface UploadPorts {
  readonly files: FileLedger;
  readonly objects: Pick<FileObjects, 'putAddress'>;
  /** Whether a source of this name has a key, or the catalog in force names it. */
  readonly isKnownSource: (name: string) => Promise<boolean>;
  readonly clock: Clock;
  /** 24 hex digits. */
  readonly newFile: () => string;
}

export interface Upload {
  readonly file: string;
  readonly url: string;
  readonly expiresAt: Instant;
}

/**
 * Makes a file and the address that takes its bytes. The file is looked for when the address has passed away, so that
 * a lost notice is found.
 * @throws Forbidden `no-source`, `other-source`; InvalidInput `unknown-source`
 */
export async function askUpload(
  { name, source: asked }: { readonly name: string; readonly source?: string | undefined },
  caller: Caller,
  { files, objects, isKnownSource, clock, newFile }: UploadPorts,
): Promise<Upload> {
  const source = await sourceOf(asked, caller, isKnownSource);
  const file = newFile();
  const key = uploadKey(source, file, name);
  const now = clock();
  const expiresAt = now + UPLOAD_TIME;
  const item: FileItem = {
    ...NEVER_TAKEN,
    ...{ kind: 'file', file, source, name, key, state: 'waiting', openedAt: now, uploadUntil: expiresAt },
    ...{ isPacked: false, ranges: 0, plan: 0, rangesDone: 0, tries: 0 },
  };
  await files.create(item, wakesAt(fileKey(file), now + LOOKED_FOR_AFTER));
  return { file, url: await objects.putAddress(key, UPLOAD_TIME / SECOND), expiresAt };
}

/** A key sends the files of its own source; one of an administrator those of any that is known. */
async function sourceOf(
  asked: string | undefined,
  { source: own, scopes }: Caller,
  isKnownSource: UploadPorts['isKnownSource'],
): Promise<string> {
  const source = asked ?? own?.name;
  if (source === undefined) {
    throw new Forbidden('no-source', 'The key posts for no source: name one, with a key of the scope admin.');
  }
  if (source === own?.name) return source;
  if (!scopes.includes('admin')) {
    const detail = own === undefined ? 'The key posts for no source.' : `The key posts for the source "${own.name}".`;
    throw new Forbidden('other-source', `${detail} Use the key of "${source}", or one with the scope admin.`);
  }
  if (await isKnownSource(source)) return source;
  const detail = 'No key posts for it and the catalog does not name it: list it under `sources:`, or make it a key.';
  throw new InvalidInput(422, 'unknown-source', `There is no source "${source}". ${detail}`, {
    errors: [{ path: 'source', code: 'unknown-source', message: detail }],
  });
}
