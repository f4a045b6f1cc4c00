import type { FileLayout } from '#shared/catalog/usage-source.ts';
import { type Cells, type CsvRules, csvCells } from './csv-cells.ts';
import { type KnownLayout, type Place, refusedAt } from './file-entry.ts';
import { percentDecoded } from './json-values.ts';
import type { Line } from './lines.ts';

export interface CsvReading {
  readonly layout: FileLayout;
  /** Columns that the mapping wants. */
  readonly wanted: readonly string[];
  /** Without a mapping of the source a column that no record has is a slip of the pen. */
  readonly onlyWanted: boolean;
  /** Names of files without a header, by how many columns a row has. */
  readonly layouts: readonly (readonly string[])[] | undefined;
  /** Of an earlier part of this file. */
  readonly known: KnownLayout | undefined;
  /** Is told what stood at the beginning. */
  readonly learn: (layout: KnownLayout) => void;
}

/** A quoted cell may hold line ends; one that does not end within these many lines is a quote too many. */
const MOST_LINES = 50;
const MOST_CHARACTERS = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];
const DEFAULT_NULLS: readonly string[] = [];

/** Rows of CSV, with or without a header, from lines. */
export async function* csvPlaces(lines: AsyncIterable<Line[]>, reading: CsvReading): AsyncGenerator<Place[]> {
  const cutter = new CsvCutter(reading);
  for await (const batch of lines) {
    const places: Place[] = [];
    for (const line of batch) cutter.take(line, places);
    yield places;
  }
  const places: Place[] = [];
  cutter.end(places);
  yield places;
}

class CsvCutter {
  readonly #reading: CsvReading;
  readonly #nulls: readonly string[];
  readonly #comment: string | undefined;
  #rules: CsvRules;
  #columns: readonly string[] | undefined;
  #positions: readonly number[] = [];
  readonly #byWidth = new Map<number, readonly number[] | undefined>();
  #wrongHeader: readonly string[] = [];
  #toSkip: number;
  #open: Line[] = [];

  constructor(reading: CsvReading) {
    const { layout, known } = reading;
    this.#reading = reading;
    this.#nulls = layout.nulls ?? DEFAULT_NULLS;
    this.#comment = layout.comment;
    this.#toSkip = known === undefined ? (layout.skip ?? 0) : 0;
    const { quote = '"', quoting = 'lenient' } = layout;
    this.#rules = { delimiter: known?.delimiter ?? layout.delimiter ?? ',', quote, quoting };
    const columns = layout.header === false ? [] : known?.columns;
    if (columns !== undefined) this.#use(columns);
  }

  take(line: Line, places: Place[]): void {
    if (this.#toSkip > 0) {
      this.#toSkip -= 1;
      return;
    }
    if (line.text === undefined) {
      this.end(places);
      places.push(refusedAt(line, TOO_LONG));
      return;
    }
    if (this.#open.length > 0) {
      this.#goOn(line, places);
      return;
    }
    if (line.text.trim() === '' || (this.#comment !== undefined && line.text.startsWith(this.#comment))) return;
    if (this.#columns === undefined) this.#header(line.text);
    else this.#row(line, line.text, places);
  }

  /** A quote that is still open is told of; the lines behind it are read each for itself. */
  end(places: Place[]): void {
    while (this.#open.length > 0) this.#giveUpOpen(places);
  }

  #header(text: string): void {
    const { layout, learn } = this.#reading;
    if (layout.delimiter === undefined) this.#rules = { ...this.#rules, delimiter: likeliestDelimiter(text) };
    const cells = csvCells(text, this.#rules);
    const columns = typeof cells === 'string' ? text.split(this.#rules.delimiter) : cells;
    this.#use(columns.map(column => column.trim()));
    this.#toSkip = layout.skipAfterHeader ?? 0;
    learn({ columns: this.#columns ?? [], delimiter: this.#rules.delimiter });
  }

  #use(columns: readonly string[]): void {
    const { wanted, onlyWanted } = this.#reading;
    this.#columns = columns;
    this.#positions = wanted.map(column => positionOf(column, columns));
    this.#wrongHeader = onlyWanted ? columns.filter(column => column !== '' && !wanted.includes(column)) : [];
  }

  #row(line: Line, text: string, places: Place[]): void {
    const cells = csvCells(text, this.#rules);
    if (cells === 'open') {
      this.#open.push(line);
      return;
    }
    places.push(this.#placeOf(line, text, cells));
  }

  #goOn(line: Line, places: Place[]): void {
    this.#open.push(line);
    const text = this.#open.map(one => one.text ?? '').join('\n');
    // Most lines inside a quoted cell have no quote; the row is cut again only where it may end.
    const mayEnd = line.text?.includes(this.#rules.quote) === true;
    const cells = mayEnd ? csvCells(text, this.#rules) : 'open';
    if (cells === 'open') {
      if (this.#open.length >= MOST_LINES || text.length > MOST_CHARACTERS) this.#giveUpOpen(places);
      return;
    }
    const [first = line] = this.#open;
    this.#open = [];
    places.push(this.#placeOf(first, text, cells));
  }

  #giveUpOpen(places: Place[]): void {
    const [first, ...others] = this.#open;
    this.#open = [];
    if (first === undefined) return;
    places.push(refusedAt(first, NOT_CLOSED));
    for (const line of others) this.take(line, places);
  }

  #placeOf(line: Line, text: string, cells: Exclude<Cells, 'open'>): Place {
    if (cells === 'malformed') return refusedAt(line, MALFORMED);
    if (text.includes('\uFFFD')) return refusedAt(line, NOT_IN_ENCODING);
    if (this.#wrongHeader.length > 0) return refusedAt(line, ...this.#wrongHeader.map(unknownColumn));
    const positions = this.#reading.layouts === undefined ? this.#positions : this.#positionsFor(cells.length);
    if (positions === undefined) return refusedAt(line, tooFew(cells.length));
    const values = positions.map(position => this.#valueOf(cells[position]));
    return { row: line.row, offset: line.offset, values };
  }

  /** Files without a header are told by the number of their columns: an exact layout, or the beginning of the last. */
  #positionsFor(width: number): readonly number[] | undefined {
    const { layouts = [], wanted, layout } = this.#reading;
    if (layout.header !== false) return this.#positions;
    if (!this.#byWidth.has(width)) {
      const columns = layouts.find(one => one.length === width) ?? layouts.at(-1) ?? [];
      const positions = wanted.map(column => positionOf(column, columns));
      // A row of half the columns is another kind of line, or was cut off.
      this.#byWidth.set(width, 2 * width >= columns.length ? positions : undefined);
    }
    return this.#byWidth.get(width);
  }

  #valueOf(cell: string | undefined): string | undefined {
    if (cell === undefined || cell === '') return undefined;
    const trimmed = cell.trim();
    const value = this.#reading.layout.percentEncoded === true ? percentDecoded(trimmed) : trimmed;
    return value === '' || this.#nulls.includes(value) ? undefined : value;
  }
}

/** By name, or by place: `1` is the first. */
function positionOf(column: string, columns: readonly string[]): number {
  const exact = columns.indexOf(column);
  const named = exact < 0 ? columns.findIndex(name => sameName(name, column)) : exact;
  return named < 0 && /^[1-9]\d{0,3}$/.test(column) ? Number(column) - 1 : named;
}

/** Exports write `Start Time` for what an API calls `start_time`. */
function sameName(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** The one that cuts the header into most columns. */
function likeliestDelimiter(header: string): string {
  const counts = DELIMITERS.map(delimiter => ({ delimiter, count: header.split(delimiter).length }));
  const [best] = counts.toSorted((a, b) => b.count - a.count);
  return best?.delimiter ?? ',';
}

function tooFew(width: number) {
  const message = `The row has ${width} ${width === 1 ? 'column' : 'columns'}, which is too few for this format.`;
  return { path: '', code: 'too-few-columns', message };
}

function unknownColumn(column: string) {
  const message = `"${column}" is not a field of a record; the source's mapping in the catalog can rename it.`;
  return { path: column.slice(0, 100), code: 'unknown-field', message };
}

const TOO_LONG = { path: '', code: 'too-long', message: 'The line is longer than 1 MB.' };
const NOT_CLOSED = { path: '', code: 'quote-not-closed', message: 'A quoted cell does not end.' };
const MALFORMED = { path: '', code: 'malformed-csv', message: 'A quote stands inside a cell that is not quoted.' };
export const NOT_IN_ENCODING = {
  path: '',
  code: 'wrong-encoding',
  message: 'The line is not in the encoding of the source: UTF-8, or the one that its mapping names.',
};
