import type { FileFormat } from '#shared/catalog/usage-source.ts';
import type { FailureDetail } from '#shared/platform/failure.ts';

/** What one place of a file became. `row` counts from 1, `offset` is its first byte. */
export type FileEntry = RecordEntry | RefusedEntry | LeftOutEntry | TrailerEntry;

/** A record as it would be posted (contract section 2.1), with an id; it is not checked yet. */
export interface RecordEntry {
  readonly kind: 'record';
  readonly row: number;
  readonly offset: number;
  readonly record: Record<string, unknown>;
}

/** A place that cannot be read as a record, and why. */
export interface RefusedEntry {
  readonly kind: 'refused';
  readonly row: number;
  readonly offset: number;
  readonly id?: string;
  readonly errors: readonly FailureDetail[];
}

/** A place that a rule of the source leaves out: it is not usage. */
export interface LeftOutEntry {
  readonly kind: 'left-out';
  readonly row: number;
  readonly offset: number;
  readonly rule: string;
}

/** What the file says of itself at its end, beside what was found in it. */
export interface TrailerEntry {
  readonly kind: 'trailer';
  readonly row: number;
  readonly offset: number;
  readonly expected: Readonly<Record<string, string>>;
  readonly found: Readonly<Record<string, string>>;
  readonly agrees: boolean;
}

/**
 * Where reading goes on: plain JSON. The bytes that are handed in next begin at `offset`; of what is read from there
 * the first `skip` entries are known already.
 */
export interface Checkpoint {
  readonly offset: number;
  /** Rows before `offset`. */
  readonly row: number;
  readonly skip: number;
  /** What stood at the file's beginning. */
  readonly layout?: KnownLayout;
}

export interface KnownLayout {
  readonly columns?: readonly string[];
  readonly delimiter?: string;
  readonly lineEnd?: 'lf' | 'cr';
  readonly encoding?: string;
  readonly format?: FileFormat;
}

/** A row as its values, in the order in which the mapping asked for columns. */
export interface Row {
  readonly row: number;
  readonly offset: number;
  readonly values: readonly (string | undefined)[];
}

/** A row that cannot be cut into values, or that is told of at once. */
export type Place = Row | FileEntry;

export function isRow(place: Place): place is Row {
  return 'values' in place;
}

export function refusedAt(
  at: { readonly row: number; readonly offset: number },
  ...errors: readonly FailureDetail[]
): RefusedEntry {
  return { kind: 'refused', row: at.row, offset: at.offset, errors };
}
