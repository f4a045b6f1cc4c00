import type { FileFormat, UsageSource } from '#shared/catalog/usage-source.ts';
import { asUtf8, type Beginning, beginningOf, encodingOf, lineEndOf } from './beginning.ts';
import { type Checkpoint, type FileEntry, type KnownLayout, type Place, refusedAt } from './file-entry.ts';
import { type Line, linesOf } from './lines.ts';
import { type PreparedSource, preparedSource } from './prepared-source.ts';
import { csvPlaces } from './read-csv.ts';
import { ndjsonPlaces } from './read-ndjson.ts';

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
    for await (const places of this.#rowsOf(beginning, prepared)) yield places.map(prepared.entryOf);
  }

  #rowsOf(beginning: Beginning, prepared: PreparedSource): AsyncIterable<Place[]> {
    const { container, mapping, columns } = prepared;
    switch (container) {
      case 'csv':
        return csvPlaces(this.#lines(beginning, mapping.file?.lineEnd), {
          layout: mapping.file ?? {},
          wanted: columns,
          onlyWanted: prepared.isPlain,
          known: this.#from.layout,
          learn: layout => {
            this.#layout = { ...this.#layout, ...layout };
          },
        });
      case 'ndjson':
        return ndjsonPlaces(this.#lines(beginning, mapping.file?.lineEnd), prepared.takeJson);
    }
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
  const text = first.subarray(0, 1024).toString('utf8').replace('\uFEFF', '').trimStart();
  return text.startsWith('{') || text.startsWith('[') ? 'ndjson' : 'csv';
}

function isGzip(first: Buffer): boolean {
  return first[0] === 0x1f && first[1] === 0x8b;
}

const COMPRESSED = { path: '', code: 'compressed', message: 'The file is compressed; only gzip files are inflated.' };
