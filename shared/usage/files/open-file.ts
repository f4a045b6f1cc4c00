import { NEVER_TAKEN, takeDue, wakesAt, wakeText } from '#shared/platform/due.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { Key } from '#shared/platform/table.ts';
import { type FileItem, fileKey } from './file-item.ts';
import { fileOfObject, placeOfKey } from './file-place.ts';
import type { FileServices } from './file-services.ts';

/** An object that came into the bucket. */
export interface ObjectArrival {
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
}

/**
 * Makes a file of an object that came, and takes it to be worked on. `undefined`: there is nothing to do, it is known
 * and on its way, or it is not a file of usage.
 *
 *   notice ──▶ item made, due now ──▶ taken under a lease ──▶ worked on
 *     died before the item: the notice comes again · before it is taken: the sweeper finds it
 *     the notice never came: the daily listing finds the object, an upload its own due item
 */
export async function openFile(services: FileServices, { key, etag }: ObjectArrival): Promise<Key | undefined> {
  const place = placeOfKey(key);
  if (place === undefined) return undefined;
  const { files, table } = services;
  const now = services.clock();
  const asked = place.file === undefined ? undefined : await files.read(place.file);
  // Whoever puts other bytes to the same address later has sent another file.
  const isAsked = asked !== undefined && asked.key === key && (asked.etag === undefined || asked.etag === etag);
  const file = isAsked ? asked.file : fileOfObject(key, etag);
  const item = fileKey(file);
  if (isAsked) {
    if (asked.state !== 'waiting' && !wasNotUploaded(asked)) return undefined;
    const change = { etag, state: 'waiting', reason: undefined, openedAt: printInstant(now), ...wakesAt(item, now) };
    const unopened = { expression: 'attribute_not_exists(etag)' };
    if (!(await table.update(item, { set: change }, unopened)) && !(await isDue(services, file))) return undefined;
  } else {
    const { source, name } = place;
    const opened: FileItem = {
      ...NEVER_TAKEN,
      ...{ kind: 'file', file, source, name, key, state: 'waiting', openedAt: now, etag },
      ...{ isPacked: false, ranges: 0, plan: 0, rangesDone: 0, tries: 0 },
    };
    if (!(await files.create(opened, wakesAt(item, now))) && !(await isDue(services, file))) return undefined;
  }
  await takeDue(table, item, wakeText(now), now);
  return item;
}

/** It came after its address had passed away, while it was being looked for. */
function wasNotUploaded({ state, reason }: FileItem): boolean {
  return state === 'refused' && reason?.code === 'not-uploaded';
}

/** The notice was here before, and died. */
async function isDue({ files }: FileServices, file: string): Promise<boolean> {
  const known = await files.read(file);
  return known?.state === 'waiting' && known.wakeAt !== undefined;
}
