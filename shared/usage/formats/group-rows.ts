import type { SourceMapping } from '#shared/catalog/usage-source.ts';
import { type FileEntry, type RecordEntry, type Row, refusedAt } from './file-entry.ts';
import { type Holds, holdsWhen, type PlaceOf, type Values } from './row-test.ts';

type GroupRules = NonNullable<SourceMapping['rows']>;

/** Calls of several rows, as one record each. */
export interface RowGroups {
  take(row: Row, entries: FileEntry[]): void;
  /** The file is at its end: what is open is told. */
  end(entries: FileEntry[]): void;
}

interface Group {
  readonly row: Row;
  readonly entry: FileEntry;
  lastRow: number;
}

const UNITS = ['seconds', 'bytes', 'count'] as const;

/**
 * Puts rows of one call together (`rows:` of a mapping). A call is complete so many rows after its last one, so that
 * memory is flat; a row that comes later is a call of its own with the same id, and shows as a conflict.
 */
export function rowGroups(rules: GroupRules, placeOf: PlaceOf, entryOf: (row: Row) => FileEntry): RowGroups {
  const places = rules.of.map(placeOf);
  const keyOf = (values: Values) => {
    const parts = places.map(place => values[place]);
    return parts.includes(undefined) ? undefined : parts.join('\n');
  };
  const join = rules.keep === 'span' ? spanJoiner(rules, placeOf, entryOf) : kept(rules.keep);
  const open = new Map<string, Group>();
  const close = (key: string, group: Group, entries: FileEntry[]) => {
    open.delete(key);
    entries.push(join.alone(group));
  };
  return {
    take(row, entries) {
      for (const [key, group] of open) {
        if (row.row - group.lastRow <= rules.within && open.size <= rules.within) break;
        close(key, group, entries);
      }
      const key = keyOf(row.values);
      if (key === undefined) {
        entries.push(entryOf(row));
        return;
      }
      const next: Group = { row, entry: entryOf(row), lastRow: row.row };
      const earlier = open.get(key);
      // In the order of last rows: the oldest is the first to be complete.
      open.delete(key);
      const { told, stays } = earlier === undefined ? { told: [], stays: next } : join.both(earlier, next);
      entries.push(...told);
      if (stays !== undefined) open.set(key, { ...stays, lastRow: row.row });
    },
    end(entries) {
      for (const [key, group] of open) close(key, group, entries);
    },
  };
}

interface Joiner {
  readonly alone: (group: Group) => FileEntry;
  readonly both: (
    earlier: Group,
    later: Group,
  ) => { readonly told: readonly FileEntry[]; readonly stays: Group | undefined };
}

/** The row that goes into another one's record. */
function sameCall({ row, offset }: { readonly row: number; readonly offset: number }): FileEntry {
  return { kind: 'left-out', row, offset, rule: 'same-call' };
}

function kept(keep: Exclude<GroupRules['keep'], 'span'>): Joiner {
  return {
    alone: ({ entry }) => entry,
    both: (earlier, later) => {
      // What cannot be read is told by itself.
      if (later.entry.kind !== 'record') return { told: [later.entry], stays: earlier };
      if (earlier.entry.kind !== 'record') return { told: [earlier.entry], stays: later };
      if (keep === 'sum') {
        const sum = { ...earlier, entry: summed(earlier.entry, later.entry) };
        return { told: [sameCall(later.row)], stays: sum };
      }
      const isLater = keep === 'last' || (keep === 'longest' && unitsOf(later.entry) > unitsOf(earlier.entry));
      return isLater
        ? { told: [sameCall(earlier.row)], stays: later }
        : { told: [sameCall(later.row)], stays: earlier };
    },
  };
}

function unitsOf({ record }: RecordEntry): number {
  return UNITS.reduce((sum, unit) => sum + Number(record[unit] ?? 0), 0);
}

/** The first row's record with the units of both, from the earlier start on. */
function summed(first: RecordEntry, second: RecordEntry): RecordEntry {
  const units = UNITS.flatMap(unit => {
    const both = [first.record[unit], second.record[unit]].filter(value => typeof value === 'number');
    return both.length === 0 ? [] : [[unit, both.reduce((a, b) => a + b, 0)] as const];
  });
  const starts = [first.record.startedAt, second.record.startedAt].filter(value => typeof value === 'string');
  const startedAt = starts.toSorted()[0];
  return { ...first, record: { ...first.record, ...Object.fromEntries(units), ...(startedAt && { startedAt }) } };
}

/** A call's first and last row, in whatever order they come; the last one's columns are the first one's `end.` ones. */
function spanJoiner(rules: GroupRules, placeOf: PlaceOf, entryOf: (row: Row) => FileEntry): Joiner {
  const opens: Holds = holdsWhen(rules.opens ?? [], placeOf) ?? (() => true);
  const ends = END_COLUMNS.map(column => [placeOf(`end.${column}`), placeOf(column)] as const);
  return {
    alone: ({ row }) => refusedAt(row, opens(row.values) ? NO_END : NO_BEGINNING),
    both: (earlier, later) => {
      const isOpening = opens(earlier.row.values);
      // Sent twice: the first counts.
      if (isOpening === opens(later.row.values)) return { told: [sameCall(later.row)], stays: earlier };
      const [first, last] = isOpening ? [earlier, later] : [later, earlier];
      const values = [...first.row.values];
      for (const [end, place] of ends) values[end] = last.row.values[place];
      return { told: [entryOf({ ...first.row, values }), sameCall(last.row)], stays: undefined };
    },
  };
}

const END_COLUMNS = ['time'];
const NO_END = {
  path: '',
  code: 'no-end',
  message: 'The file has the beginning of this call and not its end; ends in other files are not looked for.',
};
const NO_BEGINNING = {
  path: '',
  code: 'no-beginning',
  message: 'The file has the end of this call and not its beginning; beginnings in other files are not looked for.',
};
