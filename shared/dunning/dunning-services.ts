import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { Receivables } from './receivables.ts';

/** What a look at a case needs. */
export interface DunningServices {
  readonly table: Table;
  readonly clock: Clock;
  readonly receivables: Receivables;
  /** The catalog version in force at a moment. */
  readonly catalogAt: (at: Instant) => Promise<Pick<CatalogVersion, 'dunning'> | undefined>;
  /** Counts cases and changes of service. */
  readonly count: (metric: string) => void;
}
