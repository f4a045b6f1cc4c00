import { type Place, refusedAt } from './file-entry.ts';
import type { Line } from './lines.ts';
import { NOT_IN_ENCODING } from './read-csv.ts';

/** More attributes than any packet has. */
const MOST_LINES = 1_000;

/**
 * FreeRADIUS `detail`: a line with the server's date, then a line for each attribute behind a tab, then a blank line. An
 * attribute that appears twice counts by its first value.
 */
export async function* radiusPlaces(lines: AsyncIterable<Line[]>, wanted: readonly string[]): AsyncGenerator<Place[]> {
  const reader = new BlockReader(wanted);
  for await (const batch of lines) {
    const places: Place[] = [];
    for (const line of batch) reader.take(line, places);
    yield places;
  }
  const places: Place[] = [];
  reader.end(places);
  yield places;
}

class BlockReader {
  readonly #placeOf: ReadonlyMap<string, number>;
  #first: Line | undefined;
  #values: (string | undefined)[] = [];
  #lines = 0;
  #fault: { path: string; code: string; message: string } | undefined;

  constructor(wanted: readonly string[]) {
    this.#placeOf = new Map(wanted.map((name, place) => [name, place]));
  }

  take(line: Line, places: Place[]): void {
    const { text } = line;
    if (text !== undefined && text.trim() === '') {
      this.end(places);
      return;
    }
    const isAttribute = text === undefined || /^\s/.test(text);
    // A date line begins a block, also where the blank line before it is missing.
    if (!isAttribute) this.end(places);
    if (this.#first === undefined) {
      this.#first = line;
      this.#values = new Array(this.#placeOf.size);
    }
    this.#lines += 1;
    if (!isAttribute) return;
    if (text === undefined) this.#fault ??= TOO_LONG;
    else if (text.includes('\uFFFD')) this.#fault ??= NOT_IN_ENCODING;
    else if (this.#lines > MOST_LINES) this.#fault ??= TOO_MANY;
    else this.#attribute(text);
  }

  end(places: Place[]): void {
    if (this.#first === undefined) return;
    const { row, offset } = this.#first;
    // A date line alone is a block that was cut off.
    const fault = this.#fault ?? (this.#lines === 1 ? NO_ATTRIBUTES : undefined);
    places.push(fault === undefined ? { row, offset, values: this.#values } : refusedAt({ row, offset }, fault));
    this.#first = undefined;
    this.#lines = 0;
    this.#fault = undefined;
  }

  #attribute(text: string): void {
    const [, name = '', value = ''] = /^\s+([A-Za-z0-9][\w.:-]*)\s*(?:\+?=|:=)\s*(.*?)\s*$/.exec(text) ?? [];
    if (name === '') {
      this.#fault ??= NOT_AN_ATTRIBUTE;
      return;
    }
    const place = this.#placeOf.get(name);
    if (place === undefined || this.#values[place] !== undefined) return;
    const read = value.startsWith('"') ? unquoted(value) : value;
    if (read !== '') this.#values[place] = read;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** `"a\"b"`; other bytes than letters are written in octal. */
function unquoted(value: string): string {
  return value
    .replace(/^"/, '')
    .replace(/"$/, '')
    .replace(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
      escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
    );
}

const TOO_LONG = { path: '', code: 'too-long', message: 'A line of the packet is longer than 1 MB.' };
const TOO_MANY = { path: '', code: 'too-long', message: 'The packet has more than 1,000 attributes.' };
const NO_ATTRIBUTES = { path: '', code: 'malformed-packet', message: 'The packet has a date and no attributes.' };
const NOT_AN_ATTRIBUTE = {
  path: '',
  code: 'malformed-packet',
  message: 'A line of the packet is not `Attribute = value`.',
};
