import { createHash } from 'node:crypto';

/** Where a line begins. */
export interface LineStart {
  readonly offset: number;
  /** Of the line, from 1. */
  readonly row: number;
}

/** What one look through the plain content of a file shows. */
export interface Survey {
  /** Bytes. */
  readonly size: number;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly head: Uint8Array;
  /** Beginnings of lines, some `CUT_EVERY` bytes apart; the first is that of the file. */
  readonly cuts: readonly LineStart[];
  /** A line has an odd number of quotation marks: a value may go on over the end of its line. */
  readonly hasOpenQuotes: boolean;
  /** As UTF-16 has them. */
  readonly hasNulBytes: boolean;
}

/** A range of so many bytes is a minute's work where every record touches a page of its own. */
export const CUT_EVERY = 16 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;
const LINE_FEED = 10;
const QUOTE = 34;

/** Looks through a file once. Nothing of it is kept but its head. */
export async function surveyFile(bytes: AsyncIterable<Uint8Array>, cutEvery = CUT_EVERY): Promise<Survey> {
  const hash = createHash('sha256');
  const cuts: LineStart[] = [{ offset: 0, row: 1 }];
  let head: Uint8Array = new Uint8Array();
  let size = 0;
  let row = 1;
  let nextCut = cutEvery;
  let quotes = 0;
  let hasOpenQuotes = false;
  let hasNulBytes = false;
  for await (const chunk of bytes) {
    hash.update(chunk);
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === LINE_FEED) {
        row += 1;
        if ((quotes & 1) === 1) hasOpenQuotes = true;
        quotes = 0;
        if (size + at + 1 >= nextCut) {
          cuts.push({ offset: size + at + 1, row });
          nextCut = size + at + 1 + cutEvery;
        }
      } else if (byte === QUOTE) quotes += 1;
      else if (byte === 0) hasNulBytes = true;
    }
    size += chunk.length;
  }
  if (cuts.at(-1)?.offset === size && size > 0) cuts.pop();
  return { size, digest: hash.digest('hex'), head, cuts, hasOpenQuotes, hasNulBytes };
}

/** An item of the ledger for each: more would be more than are ever read at once. */
const MOST_RANGES = 256;

/** Where the ranges of a file begin. A file that cannot be cut at its lines is one range. */
export function rangesOf({ cuts, hasOpenQuotes, hasNulBytes }: Survey, isCuttable: boolean): readonly LineStart[] {
  if (!isCuttable || hasOpenQuotes || hasNulBytes) return [{ offset: 0, row: 1 }];
  const step = Math.ceil(cuts.length / MOST_RANGES);
  return cuts.filter((_, index) => index % step === 0);
}
