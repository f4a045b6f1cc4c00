import type { SourceMapping } from '../usage-source.ts';

/** How a file is built: what is cut into rows, and by which reader. */
export type Container = 'csv' | 'ndjson' | 'json' | 'radius' | 'kannel' | 'tap';

export interface ReadyFormat {
  readonly container: Container;
  /** Every name that a mapping may use; `undefined`: the file's header, or its content, says. */
  readonly columns: readonly string[] | undefined;
  /** Columns of files without a header, by how many a row has; a shorter row has the beginning of the last. */
  readonly layouts?: readonly (readonly string[])[];
  /** Its stamps are local whatever their format is. */
  readonly isLocal?: boolean;
  readonly sessions: 'delta' | 'cumulative';
  readonly mapping: SourceMapping;
}
