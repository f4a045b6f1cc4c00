import type { FileObjects } from './file-objects.ts';
import { pieceKey } from './file-place.ts';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * So many bytes are fetched at a time. Not one long answer: while pages are written for minutes the bucket would close
 * it, and a reader would hold as much of it as came meanwhile.
 */
const FETCH_BYTES = 8 * 1024 * 1024;
/** What is handed on at a time: a reader makes rows of all of it before the first is taken. */
const HANDED_BYTES = 256 * 1024;
/** An unpacked file lies in pieces of this length; the last is shorter. */
export const PIECE_BYTES = 16 * 1024 * 1024;

/** The bytes of an object from there on, up to `to`, which does not belong to them. */
export async function* objectBytes(
  objects: Pick<FileObjects, 'read'>,
  object: { readonly key: string; readonly etag: string | undefined },
  from = 0,
  to = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  let end = to;
  for (let at = from; at < end; ) {
    const { bytes, size } = await objects.read(object.key, at, Math.min(at + FETCH_BYTES, end), object.etag);
    if (bytes.length === 0) return;
    yield* slices(bytes);
    at += bytes.length;
    end = Math.min(end, size);
  }
}

/** The same of a file that was unpacked. */
export async function* pieceBytes(
  objects: Pick<FileObjects, 'read'>,
  file: string,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; ) {
    const piece = Math.floor(at / PIECE_BYTES);
    const start = piece * PIECE_BYTES;
    const { bytes } = await objects.read(pieceKey(file, piece), at - start, Math.min(to - start, PIECE_BYTES));
    if (bytes.length === 0)
      throw new UnreadableFile('gone', 'A piece of the unpacked file is missing. Drive the case.');
    yield* slices(bytes);
    at += bytes.length;
  }
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += HANDED_BYTES) yield bytes.subarray(at, at + HANDED_BYTES);
}
