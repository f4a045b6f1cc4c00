import type { QuantityCase, SourceMapping, TextCase, TimeCase, When } from '../usage-source.ts';
import type { SourcePath } from './problem.ts';

/** A column that a mapping names, and where it stands below `mapping`. */
export interface ColumnUse {
  readonly column: string;
  readonly path: SourcePath;
}

export function columnsUsed({ fields = {}, leaveOut = [], rows }: SourceMapping): ColumnUse[] {
  const { startedAt = [], seconds = [], bytes = [], count = [], sequence = [], cost, ...texts } = fields;
  const quantities = { seconds, bytes, count, sequence };
  return [
    ...leaveOut.flatMap(({ id, when }) => used(whenColumns(when), ['leaveOut', id])),
    ...used(rows?.of ?? [], ['rows', 'of']),
    ...Object.entries(texts).flatMap(([field, cases = []]) => used(cases.flatMap(textColumns), [field])),
    ...used(startedAt.flatMap(timeColumns), ['startedAt']),
    ...Object.entries(quantities).flatMap(([field, cases]) => used(cases.flatMap(quantityColumns), [field])),
    ...used([...(cost?.amount ?? []), ...(cost?.currency ?? [])].flatMap(textColumns), ['cost']),
  ];
}

function used(columns: readonly string[], path: SourcePath): ColumnUse[] {
  return [...new Set(columns)].map(column => ({ column, path }));
}

function whenColumns(when: When): string[] {
  return when.flatMap(tests => tests.map(({ column }) => column));
}

function textColumns({ when, columns }: TextCase): string[] {
  return [...whenColumns(when), ...columns];
}

function timeColumns({ when, columns }: TimeCase): string[] {
  return [...whenColumns(when), ...columns];
}

function quantityColumns({ when, add, between }: QuantityCase): string[] {
  const parts = add.flatMap(({ column, high }) => (high === undefined ? [column] : [column, high]));
  const times = between === undefined ? [] : [...between.from, ...between.to];
  return [...whenColumns(when), ...parts, ...times.flatMap(timeColumns)];
}
