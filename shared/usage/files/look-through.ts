import { READY_FORMATS } from '#shared/catalog/ready-formats.ts';
import type { UsageSource } from '#shared/catalog/usage-source.ts';
import type { Checkpoint, RefusedEntry } from '../formats/file-entry.ts';
import { readUsageFile } from '../formats/read-file.ts';
import type { FileItem } from './file-item.ts';
import { pieceKey } from './file-place.ts';
import type { FileServices } from './file-services.ts';
import { isOfNoFormat, notThisFormat } from './not-this-format.ts';
import { objectBytes, PIECE_BYTES } from './plain-bytes.ts';
import { rangesOf, type Survey, surveyFile } from './survey.ts';
import { isGzip, unpacked } from './unpack.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** The largest object that S3 takes in one piece, as the contract promises. */
const MOST_BYTES = 5 * 1024 ** 3;
const MAGIC_BYTES = 4;
const LINE_FEED = 10;

export interface SeenFile {
  readonly size: number;
  readonly digest: string;
  readonly isPacked: boolean;
  readonly etag: string;
  /** From where each of its ranges is read. */
  readonly starts: readonly Checkpoint[];
}

/**
 * Looks through a file from its start to its end before anything of it is counted: whether it is whole, what it is
 * packed in, where its lines allow it to be cut. What is packed is unpacked into pieces on the way, since gzip cannot be
 * read from its middle.
 * @param cameFurther called now and then, while it is unpacked
 * @throws UnreadableFile
 */
export async function lookThrough(
  services: FileServices,
  item: FileItem,
  cameFurther: () => Promise<void>,
): Promise<SeenFile> {
  const { objects } = services;
  const { key, source } = item;
  const known = await services.sourceNamed(source, item.acceptedAt ?? services.clock());
  if (known === undefined) throw unknownSource(source);
  const first = await objects.read(key, 0, MAGIC_BYTES, item.etag).catch(error => {
    throw isMissingUpload(error, item) ? notUploaded() : error;
  });
  if (first.size > MOST_BYTES) {
    throw new UnreadableFile('too-large', `A file has at most ${MOST_BYTES} bytes. Send it in parts.`);
  }
  const etag = item.etag ?? first.etag;
  const isPacked = isGzip(first.bytes);
  const bytes = objectBytes(objects, { key, etag: etag === '' ? undefined : etag });
  const survey = await surveyFile(isPacked ? inPieces(services, item.file, unpacked(bytes), cameFurther) : bytes);
  if (isBlank(survey)) throw new UnreadableFile('empty', 'The file has no content.');
  const { size, digest } = survey;
  return { size, digest, isPacked, etag, starts: await startsOf(survey, known.description) };
}

/** What tells the file from every other of its source, in ids of records that have none. */
export function fileIdOf(digest: string): string {
  return digest.slice(0, 16);
}

/**
 * Reads the head: a file of another format is refused before anything is counted, and what stands there (a header) is
 * handed to all ranges.
 */
export async function startsOf(survey: Survey, source: UsageSource): Promise<Checkpoint[]> {
  const { head, size, digest } = survey;
  const isWhole = head.length === size;
  const lines = isWhole ? head : head.subarray(0, head.lastIndexOf(LINE_FEED) + 1);
  const reading = readUsageFile(once(lines), source, { fileId: fileIdOf(digest) });
  const refusals: RefusedEntry[] = [];
  let isOfFormat = false;
  for await (const entry of reading) {
    if (entry.kind === 'refused') refusals.push(entry);
    else isOfFormat = true;
  }
  const { layout } = reading.checkpoint();
  const container = READY_FORMATS[source.format ?? layout?.format ?? 'csv'].container;
  const isOfLines = container === 'csv' || container === 'ndjson';
  if ((isOfLines || isWhole) && !isOfFormat && isOfNoFormat(refusals)) throw notThisFormat(refusals);
  return rangesOf(survey, isOfLines && reading.canBeEntered).map(({ offset, row }) => ({
    ...{ offset, row: row - 1, skip: 0 },
    ...(offset > 0 && layout !== undefined && { layout }),
  }));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function isBlank({ head, size }: Survey): boolean {
  return head.length === size && head.every(byte => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** Puts pieces of equal length into the bucket as they come, and hands the bytes on. */
async function* inPieces(
  { objects }: FileServices,
  file: string,
  bytes: AsyncIterable<Uint8Array>,
  cameFurther: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  // Of an attempt that died: the same content has the same pieces.
  const known = new Set<string>();
  for await (const { key } of objects.list(`files/${file}/plain/`)) known.add(key);
  let parts: Uint8Array[] = [];
  let length = 0;
  let piece = 0;
  const put = async () => {
    const key = pieceKey(file, piece++);
    if (!known.has(key)) {
      await objects.put(key, Buffer.concat(parts));
      if (piece % PIECES_BETWEEN_NOTES === 0) await cameFurther();
    }
    parts = [];
    length = 0;
  };
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; ) {
      const some = chunk.subarray(at, at + PIECE_BYTES - length);
      parts.push(some);
      length += some.length;
      at += some.length;
      if (length === PIECE_BYTES) await put();
    }
    yield chunk;
  }
  if (length > 0) await put();
}

const PIECES_BETWEEN_NOTES = 64;

function unknownSource(source: string): UnreadableFile {
  return new UnreadableFile(
    'unknown-source',
    `No key posts for the source "${source}" and no catalog names it. Name it under \`sources:\`, or drop the file into the folder of its source.`,
  );
}

function isMissingUpload(error: unknown, { etag, uploadUntil }: FileItem): boolean {
  return error instanceof UnreadableFile && error.code === 'gone' && etag === undefined && uploadUntil !== undefined;
}

function notUploaded(): UnreadableFile {
  return new UnreadableFile(
    'not-uploaded',
    'Nothing was put to the address before it passed away. Ask for another one.',
  );
}
