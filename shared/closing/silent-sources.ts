import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import type { Clock } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { SourceWatermarks } from '#shared/usage/intake/source-watermarks.ts';

export interface ExpectedSources {
  readonly table: Table;
  readonly clock: Clock;
  readonly catalogs: () => Promise<readonly PublishedCatalog[]>;
}

/** Names of the sources that the catalog in force expects to report past the period's end and that have not yet. */
export async function silentSources(
  { table, clock, catalogs }: ExpectedSources,
  { end }: Pick<ClosingPeriod, 'end'>,
): Promise<string[]> {
  const now = clock();
  const inForce = (await catalogs()).findLast(({ effectiveFrom }) => effectiveFrom <= now);
  const watermarks = new SourceWatermarks(table);
  const silent: string[] = [];
  for (const { name, expects } of inForce?.sources ?? []) {
    if (expects && ((await watermarks.read(name)) ?? 0) < end) silent.push(name);
  }
  return silent;
}
