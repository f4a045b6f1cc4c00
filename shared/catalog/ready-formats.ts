import type { FileFormat, SourceMapping, TextCase } from './usage-source.ts';

/** How a file is built: what is cut into rows, and by which reader. */
export type Container = 'csv' | 'ndjson';

export interface ReadyFormat {
  readonly container: Container;
  /** Every name that a mapping may use; `undefined`: the file's header, or its content, says. */
  readonly columns: readonly string[] | undefined;
  readonly sessions: 'delta' | 'cumulative';
  readonly mapping: SourceMapping;
}

const named = (column: string, as?: TextCase['as']): TextCase[] => [{ when: [], columns: [column], ...(as && { as }) }];
const counted = (column: string) => [{ when: [], add: [{ column }] }];

/** The record's own names: NDJSON and CSV as contract section 2 has them. */
const OWN_NAMES: SourceMapping = {
  fields: {
    id: named('id'),
    line: named('line', 'number'),
    kind: named('kind'),
    direction: named('direction'),
    peer: named('peer', 'number'),
    startedAt: [{ when: [], columns: ['startedAt'], format: 'auto' }],
    seconds: counted('seconds'),
    bytes: counted('bytes'),
    count: counted('count'),
    network: named('network'),
    session: named('session'),
    sequence: counted('sequence'),
    cost: { amount: named('cost.amount'), currency: named('cost.currency') },
    voids: named('voids'),
  },
};

export const READY_FORMATS: Readonly<Record<FileFormat, ReadyFormat>> = {
  csv: { container: 'csv', columns: undefined, sessions: 'delta', mapping: OWN_NAMES },
  ndjson: { container: 'ndjson', columns: undefined, sessions: 'delta', mapping: OWN_NAMES },
};

/** The format's mapping, refined by the source's own: field by field, and layout by layout. */
export function refined(ready: SourceMapping, own: SourceMapping | undefined): SourceMapping {
  if (own === undefined) return ready;
  return {
    ...ready,
    ...own,
    file: { ...ready.file, ...own.file },
    fields: { ...ready.fields, ...own.fields },
    leaveOut: [...(own.leaveOut ?? []), ...(ready.leaveOut ?? [])],
  };
}
