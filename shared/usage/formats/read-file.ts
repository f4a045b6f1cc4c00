import type { Container } from '#shared/catalog/ready/ready-format.ts';
import type { FileFormat, UsageSource } from '#shared/catalog/usage-source.ts';
import { asUtf8, type Beginning, beginningOf, encodingOf, lineEndOf } from './beginning.ts';
import { type Checkpoint, type FileEntry, type KnownLayout, type Place, refusedAt } from './file-entry.ts';
import { type Line, linesOf } from './lines.ts';
import { type PreparedSource, preparedSource } from './prepared-source.ts';
import { csvPlaces } from './read-csv.ts';
import { jsonPlaces } from './read-json.ts';
import { kannelPlaces } from './read-kannel.ts';
import { ndjsonPlaces } from './read-ndjson.ts';
import { radiusPlaces } from './read-radius.ts';
import { tapPlaces } from './read-tap.ts';

export interface FileReadingOptions {
  /**
   * What tells this file from every other of its source: the beginning of its digest. Records without an id have it,
   * and their row, in theirs (contract section 4).
   */
  readonly fileId: string;
  /** Where an earlier reading stopped; `bytes` begin at its `offset`. */
  readonly from?: Checkpoint;
}

/** The entries of a file, in the order of its places. */
export interface UsageFileReading extends AsyncIterable<FileEntry> {
  /** After an entry was taken: from where everything behind it is read. */
  checkpoint(): Checkpoint;
  /** Known after the first entry: whether a row can be read without those before it, so that a file may be cut at lines. */
  readonly canBeEntered: boolean;
}

/**
 * Reads a file of usage as its source describes it (contract section 4): a stream, in flat memory, whatever stands in
 * it. Every place of the file becomes a record, a refusal or is left out by a rule; nothing in it raises an error. The
 * bytes are plain: gzip is inflated before. What `bytes` raises goes through.
 */
export function readUsageFile(
  bytes: AsyncIterable<Uint8Array>,
  source: UsageSource,
  options: FileReadingOptions,
): UsageFileReading {
  return new Reading(bytes, source, options);
}

/** A source that the catalog does not describe: NDJSON, or CSV with a header of the record's names. */
export function plainSource(name: string): UsageSource {
  return { name, expects: false };
}

const START: Checkpoint = { offset: 0, row: 0, skip: 0 };

class Reading implements UsageFileReading {
  readonly #bytes: AsyncIterable<Uint8Array>;
  readonly #source: UsageSource;
  readonly #options: FileReadingOptions;
  readonly #from: Checkpoint;
  #layout: KnownLayout;
  #canBeEntered = true;
  #last: FileEntry | undefined;
  #taken = 0;

  constructor(bytes: AsyncIterable<Uint8Array>, source: UsageSource, options: FileReadingOptions) {
    this.#bytes = bytes;
    this.#source = source;
    this.#options = options;
    this.#from = options.from ?? START;
    this.#layout = this.#from.layout ?? {};
  }

  get canBeEntered(): boolean {
    return this.#canBeEntered;
  }

  /** The last entry's own row is read once more and passed over: it tells where the next one begins. */
  checkpoint(): Checkpoint {
    if (this.#last === undefined) return this.#from;
    if (!this.#canBeEntered) return { ...this.#from, skip: this.#from.skip + this.#taken };
    return { offset: this.#last.offset, row: this.#last.row - 1, skip: 1, layout: this.#layout };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FileEntry> {
    let toSkip = this.#from.skip;
    for await (const places of this.#places(await beginningOf(this.#bytes))) {
      for (const place of places) {
        if (toSkip > 0) {
          toSkip -= 1;
          continue;
        }
        this.#last = place;
        this.#taken += 1;
        yield place;
      }
    }
  }

  async *#places(beginning: Beginning): AsyncGenerator<FileEntry[]> {
    const encoding = this.#layout.encoding ?? this.#encodingOf(beginning);
    const format = this.#layout.format ?? this.#source.format ?? likeliestFormat(beginning.first);
    this.#layout = { lineEnd: lineEndOf(beginning.first), ...this.#layout, encoding, format };
    const prepared = preparedSource(this.#source, format, this.#options.fileId);
    if (isGzip(beginning.first) && this.#from.offset === 0) {
      yield [refusedAt({ row: 1, offset: 0 }, COMPRESSED)];
      return;
    }
    // Rows of one call may be far apart: a checkpoint among them is counted from the beginning.
    if (prepared.mapping.rows !== undefined) this.#canBeEntered = false;
    for await (const places of this.#rowsOf(beginning, prepared)) {
      const entries: FileEntry[] = [];
      for (const place of places) prepared.take(place, entries);
      yield entries;
    }
    const entries: FileEntry[] = [];
    prepared.end(entries);
    yield entries;
  }

  #rowsOf(beginning: Beginning, prepared: PreparedSource): AsyncIterable<Place[]> {
    const { container, mapping, columns } = prepared;
    const lines = () => this.#lines(beginning, mapping.file?.lineEnd);
    switch (this.#isJson(container, beginning, prepared) ? 'json' : container) {
      case 'csv':
        return csvPlaces(lines(), {
          layout: mapping.file ?? {},
          wanted: columns,
          onlyWanted: prepared.isPlain,
          layouts: prepared.layouts,
          known: this.#from.layout,
          learn: layout => {
            this.#layout = { ...this.#layout, ...layout };
          },
        });
      case 'ndjson':
        return ndjsonPlaces(lines(), prepared.takeJson);
      case 'radius':
        return radiusPlaces(lines(), columns);
      case 'kannel':
        return kannelPlaces(lines(), columns);
      case 'json':
        this.#canBeEntered = false;
        return jsonPlaces(beginning.bytes, this.#layout.encoding ?? 'utf-8', mapping.file?.records, prepared.takeJson);
      case 'tap':
        this.#canBeEntered = false;
        return tapPlaces(beginning.bytes, columns, this.#source.tadig ?? {});
    }
  }

  /** What is called NDJSON may be an array, or an envelope around one. */
  #isJson(container: Container, { first }: Beginning, { mapping }: PreparedSource): boolean {
    if (container !== 'ndjson' || this.#from.offset > 0) return false;
    return mapping.file?.records !== undefined || beginsWith(first, '[');
  }

  #encodingOf({ first }: Beginning): string {
    const told = encodingOf(first);
    return told === 'utf-8' ? (this.#source.mapping?.file?.encoding ?? told) : told;
  }

  /** UTF-16 is read as UTF-8, so that its offsets are not the file's. */
  #lines({ bytes }: Beginning, lineEnd: 'lf' | 'cr' | undefined): AsyncGenerator<Line[]> {
    const { encoding = 'utf-8', lineEnd: seen = 'lf' } = this.#layout;
    const { offset, row } = this.#from;
    const rules = { offset, row, lineEnd: lineEnd ?? seen };
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      this.#canBeEntered = false;
      return linesOf(asUtf8(bytes, encoding), { ...rules, encoding: 'utf-8' });
    }
    return linesOf(bytes, { ...rules, encoding });
  }
}

/** NDJSON begins with an object; everything else is CSV. */
function likeliestFormat(first: Buffer): FileFormat {
  return beginsWith(first, '{') || beginsWith(first, '[') ? 'ndjson' : 'csv';
}

function beginsWith(first: Buffer, character: string): boolean {
  const text = first.subarray(0, 1024).toString(encodingOf(first) === 'utf-16le' ? 'utf16le' : 'utf8');
  return text.replace('\uFEFF', '').trimStart().startsWith(character);
}

function isGzip(first: Buffer): boolean {
  return first[0] === 0x1f && first[1] === 0x8b;
}

const COMPRESSED = { path: '', code: 'compressed', message: 'The file is compressed; only gzip files are inflated.' };
