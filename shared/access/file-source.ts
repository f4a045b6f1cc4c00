import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { FileSource } from '#shared/usage/files/file-services.ts';
import { plainSource } from '#shared/usage/formats/read-file.ts';
import { ensureSource, findSource, SOURCE_NAME } from './source.ts';

/**
 * Finds who sends files under a name, and how they are read by the catalog in force. A source that the catalog names
 * needs no key to be known; one that has a key needs no mapping. `undefined`: neither.
 */
export function fileSourceIn(ports: {
  readonly ledger: Table;
  readonly catalogAt: (at: Instant) => Promise<Pick<CatalogVersion, 'sources'> | undefined>;
  readonly clock: Clock;
  readonly newSecret: () => string;
}): (name: string) => Promise<FileSource | undefined> {
  const { ledger, catalogAt, clock, newSecret } = ports;
  return async name => {
    if (!SOURCE_NAME.test(name)) return undefined;
    const named = (await catalogAt(clock()))?.sources.find(source => source.name === name);
    const source = named === undefined ? await findSource(ledger, name) : await ensureSource(ledger, name, newSecret);
    return source && { source, description: named ?? plainSource(name) };
  };
}
