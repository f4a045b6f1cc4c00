import type { FieldMappings, NumberRules, SourceMapping } from '#shared/catalog/usage-source.ts';
import { sha256 } from '#shared/platform/digest.ts';
import type { FailureDetail } from '#shared/platform/failure.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { FileEntry, Row } from './file-entry.ts';
import { rowGroups } from './group-rows.ts';
import { momentReader, type Wrong } from './read-moment.ts';
import { quantityReader } from './read-quantity.ts';
import { textReader } from './read-text.ts';
import { type Holds, holdsWhen, type PlaceOf, type Values } from './row-test.ts';

export interface RowRules {
  readonly mapping: SourceMapping;
  readonly zone: string | undefined;
  readonly numbers: NumberRules | undefined;
  /** In front of the row's number, where it has no id. */
  readonly fileId: string;
}

/** Which columns the mapping reads, in the order in which it wants their values, and what it makes of a row. */
export interface RowMapper {
  readonly columns: readonly string[];
  /** Entries that are complete are added; the rows of one call may come as one, later. */
  readonly take: (row: Row, entries: FileEntry[]) => void;
  readonly end: (entries: FileEntry[]) => void;
}

type Field = readonly [name: string, read: (values: Values) => unknown];

const NOTHING: readonly never[] = [];

/** A mapping, prepared for many rows. */
export function rowMapper({ mapping, zone, numbers, fileId }: RowRules): RowMapper {
  const columns: string[] = [];
  const placeOf: PlaceOf = column => {
    const known = columns.indexOf(column);
    return known < 0 ? columns.push(column) - 1 : known;
  };
  const rules = (mapping.leaveOut ?? []).map(({ id, when }) => ({ id, holds: holdsWhen(when, placeOf) }));
  const fields = mapping.fields ?? {};
  const readers = fieldReaders(fields, placeOf, { zone, numbers });
  const quantities = quantityFields(fields, placeOf, zone);
  const entryOf = (row: Row): FileEntry => {
    const record: Record<string, unknown> = { id: undefined };
    let errors: FailureDetail[] | undefined;
    const set = (field: string, value: unknown): void => {
      if (value === undefined) return;
      if (isWrong(value)) errors = [...(errors ?? []), { path: field, code: value.code, message: value.message }];
      else record[field] = value;
    };
    for (const [field, read] of readers) set(field, read(row.values));
    for (const [field, read] of quantities.get(unitOf(record.kind)) ?? NOTHING) set(field, read(row.values));
    record.id ??= `${fileId}-${row.row}`;
    const { row: number, offset } = row;
    if (errors === undefined) return { kind: 'record', row: number, offset, record };
    return { kind: 'refused', row: number, offset, id: String(record.id), errors };
  };
  const groups = mapping.rows && rowGroups(mapping.rows, placeOf, entryOf);
  return {
    columns,
    take: (row, entries) => {
      const leftOut = ruleFor(rules, row.values);
      if (leftOut !== undefined) entries.push({ kind: 'left-out', row: row.row, offset: row.offset, rule: leftOut });
      else if (groups === undefined) entries.push(entryOf(row));
      else groups.take(row, entries);
    },
    end: entries => groups?.end(entries),
  };
}

function fieldReaders(
  fields: FieldMappings,
  placeOf: PlaceOf,
  { zone, numbers }: { readonly zone: string | undefined; readonly numbers: NumberRules | undefined },
): Field[] {
  const readers: Field[] = [];
  const named = (name: 'id' | 'session' | 'voids') => {
    const cases = fields[name];
    if (cases === undefined) return;
    const read = textReader(cases, placeOf, undefined);
    const isComposite = cases.some(({ join }) => join !== undefined);
    readers.push([name, isComposite ? values => shortened(read(values)) : read]);
  };
  named('id');
  for (const name of ['line', 'kind', 'direction', 'peer', 'network'] as const) {
    const cases = fields[name];
    if (cases !== undefined) readers.push([name, textReader(cases, placeOf, numbers)]);
  }
  if (fields.startedAt !== undefined) {
    const read = momentReader(fields.startedAt, placeOf, zone);
    readers.push([
      'startedAt',
      values => {
        const moment = read(values);
        return typeof moment === 'number' ? printInstant(moment) : moment;
      },
    ]);
  }
  named('session');
  if (fields.sequence !== undefined) readers.push(['sequence', quantityReader(fields.sequence, placeOf, zone)]);
  if (fields.cost !== undefined) readers.push(['cost', costReader(fields.cost, placeOf)]);
  named('voids');
  return readers;
}

/** By the unit of the record's kind: a row may have seconds and bytes, and one of them counts. */
function quantityFields(
  fields: FieldMappings,
  placeOf: PlaceOf,
  zone: string | undefined,
): ReadonlyMap<string, readonly Field[]> {
  const units = ['seconds', 'bytes', 'count'] as const;
  return new Map(
    units.map(unit => {
      const cases = fields[unit];
      return [unit, cases === undefined ? [] : [[unit, quantityReader(cases, placeOf, zone)]]];
    }),
  );
}

function unitOf(kind: unknown): 'seconds' | 'bytes' | 'count' {
  if (kind === 'voice') return 'seconds';
  return kind === 'data' ? 'bytes' : 'count';
}

function costReader(
  cost: NonNullable<FieldMappings['cost']>,
  placeOf: PlaceOf,
): (values: Values) => { amount: string; currency: string } | Wrong | undefined {
  const amount = textReader(cost.amount, placeOf, undefined);
  const currency = textReader(cost.currency, placeOf, undefined);
  return values => {
    const read = amount(values);
    const name = currency(values);
    if (isWrong(read)) return read;
    if (isWrong(name)) return name;
    // Without its currency an amount says nothing of cost; the record counts all the same.
    return read === undefined || name === undefined ? undefined : { amount: read, currency: name };
  };
}

/** Ids of several columns may be longer than an id can be: what is too long ends in its digest. */
function shortened(id: unknown): unknown {
  if (typeof id !== 'string' || [...id].length <= 64) return id;
  return `${id.slice(0, 24)}~${sha256(id).slice(0, 39)}`;
}

function ruleFor(
  rules: readonly { readonly id: string; readonly holds: Holds | undefined }[],
  values: Values,
): string | undefined {
  for (const { id, holds } of rules) if (holds === undefined || holds(values)) return id;
  return undefined;
}

function isWrong(value: unknown): value is Wrong {
  return typeof value === 'object' && value !== null && 'code' in value;
}
