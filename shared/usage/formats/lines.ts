import { TextDecoder } from 'node:util';

/** A line without its end. `text` is `undefined` where it is longer than any record. */
export interface Line {
  readonly row: number;
  readonly offset: number;
  readonly text: string | undefined;
}

export interface LineRules {
  /** Of the first byte that is handed in. */
  readonly offset: number;
  /** Lines before it. */
  readonly row: number;
  /** As `TextDecoder` names it. */
  readonly encoding: string;
  readonly lineEnd: 'lf' | 'cr';
}

/** Longer than any record that is meant; a file without line ends is not read into memory as one. */
const LONGEST = 1024 * 1024;

/** What Windows tools put in front of UTF-8. */
const MARK = /^\uFEFF/;
const LF = 10;
const CR = 13;

/**
 * Cuts bytes into lines, a list for each chunk. The bytes are cut, not the text: so that a line's offset is exact in
 * every encoding whose line ends are single bytes. A carriage return before a line feed belongs to the end.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, rules: LineRules): AsyncGenerator<Line[]> {
  const decode = decoderOf(rules.encoding);
  const end = rules.lineEnd === 'cr' ? CR : LF;
  let { offset, row } = rules;
  let rest: Buffer = Buffer.alloc(0);
  let dropped = 0;
  const lineOf = (from: Buffer, start: number, stop: number): Line => {
    const last = stop > start && from[stop - 1] === CR ? stop - 1 : stop;
    const text = dropped > 0 || stop - start > LONGEST ? undefined : decode(from, start, last);
    row++;
    const line = { row, offset: offset + start - dropped, text: row === 1 ? text?.replace(MARK, '') : text };
    dropped = 0;
    return line;
  };
  for await (const chunk of bytes) {
    const next = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const whole = rest.length === 0 ? next : Buffer.concat([rest, next]);
    const lines: Line[] = [];
    let start = 0;
    // What was looked through before has no end in it.
    let searchFrom = rest.length;
    for (let stop = whole.indexOf(end, searchFrom); stop >= 0; stop = whole.indexOf(end, searchFrom)) {
      lines.push(lineOf(whole, start, stop));
      start = stop + 1;
      searchFrom = start;
    }
    offset += start;
    rest = whole.subarray(start);
    if (rest.length > LONGEST) {
      dropped += rest.length;
      offset += rest.length;
      rest = Buffer.alloc(0);
    } else rest = Buffer.from(rest);
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0 || dropped > 0) yield [lineOf(rest, 0, rest.length)];
}

type Decode = (bytes: Buffer, start: number, stop: number) => string;

function decoderOf(encoding: string): Decode {
  if (encoding === 'utf-8') return (bytes, start, stop) => bytes.toString('utf8', start, stop);
  const decoder = new TextDecoder(encoding);
  return (bytes, start, stop) => decoder.decode(bytes.subarray(start, stop));
}
