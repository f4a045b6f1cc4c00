import { type Clock, DAY, HOUR } from '#shared/platform/instant.ts';
import type { FileLedger } from './file-ledger.ts';
import type { FileObjects, StoredFile } from './file-objects.ts';
import { FILE_FOLDERS, fileOfObject, placeOfKey } from './file-place.ts';
import type { ObjectArrival } from './open-file.ts';

export interface FileAudit {
  readonly clock: Clock;
  readonly objects: Pick<FileObjects, 'list'>;
  readonly files: Pick<FileLedger, 'read'>;
  /** Tells the reader of files of the object, as the bucket should have done. */
  readonly announce: (arrival: ObjectArrival) => Promise<void>;
}

/** What came in this time is on its way. */
const ON_ITS_WAY = HOUR;
/** A run may fail for days; dead letters are kept for 14. */
const LOOKED_AT = 14 * DAY;

/**
 * Finds files in the bucket of which nobody heard: the notification got lost, or was deleted from the dead letters.
 * They are announced anew; one that is announced twice is read once. Returns how many there were.
 */
export async function announceUnread(audit: FileAudit): Promise<number> {
  const now = audit.clock();
  let found = 0;
  for (const folder of FILE_FOLDERS) {
    for await (const stored of audit.objects.list(folder)) {
      const age = now - stored.modifiedAt;
      if (age < ON_ITS_WAY || age > LOOKED_AT || (await isKnown(stored, audit))) continue;
      await audit.announce(stored);
      found += 1;
    }
  }
  return found;
}

async function isKnown({ key, etag }: StoredFile, { files }: FileAudit): Promise<boolean> {
  const place = placeOfKey(key);
  if (place === undefined) return true;
  const asked = place.file === undefined ? undefined : await files.read(place.file);
  return asked?.etag === etag || (await files.read(fileOfObject(key, etag))) !== undefined;
}
