import type { IndexWrite } from './stored-table.ts';

const READ_UNIT = 4_096;
const WRITE_UNIT = 1_024;

export type CapacityMode = 'NONE' | 'TOTAL' | 'INDEXES';

/** What a request consumed of one table, and of its indexes. */
export interface Consumed {
  readonly table: number;
  readonly indexes: ReadonlyMap<string, number>;
}

/** Units for reading so many bytes at once; reading nothing costs as much as reading little. */
export function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT)) * (isConsistent ? 1 : 0.5);
}

/** Units for a write by the larger of the item before and after it. */
export function writeConsumed(bytes: number, indexWrites: readonly IndexWrite[]): Consumed {
  const indexes = new Map<string, number>();
  for (const { index, removed, put } of indexWrites) {
    const units = (removed === undefined ? 0 : writeUnits(removed)) + (put === undefined ? 0 : writeUnits(put));
    if (units > 0) indexes.set(index, units);
  }
  return { table: writeUnits(bytes), indexes };
}

export function sumOf(all: readonly Consumed[], factor = 1): Consumed {
  const indexes = new Map<string, number>();
  for (const one of all)
    for (const [name, units] of one.indexes) indexes.set(name, (indexes.get(name) ?? 0) + factor * units);
  return { table: factor * all.reduce((sum, { table }) => sum + table, 0), indexes };
}

/** `ConsumedCapacity` of an answer; transactions say besides whether they read or wrote. */
export function capacityOf(
  name: string,
  { table, indexes }: Consumed,
  mode: CapacityMode,
  unit?: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): object | undefined {
  if (mode === 'NONE') return undefined;
  const units = (count: number) => ({ CapacityUnits: count, ...(unit && { [unit]: count }) });
  const total = [...indexes.values()].reduce((sum, one) => sum + one, table);
  if (mode === 'TOTAL') return { TableName: name, ...units(total) };
  const ofIndexes = Object.fromEntries(Array.from(indexes, ([index, count]) => [index, units(count)]));
  return {
    TableName: name,
    ...units(total),
    Table: units(table),
    ...(indexes.size > 0 && { GlobalSecondaryIndexes: ofIndexes }),
  };
}

function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT));
}
