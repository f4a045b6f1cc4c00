import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { FileSource } from '#shared/usage/files/file-services.ts';
import { plainSource } from '#shared/usage/formats/read-file.ts';
import { ensureSource, findSource, SOURCE_NAME } from './source.ts';

interface Known {
  readonly ledger: Table;
  readonly catalogAt: (at: Instant) => Promise<Pick<CatalogVersion, 'sources'> | undefined>;
}

/** Whether a source of this name has a key, or the catalog in force names it. */
export function knownSourceIn({
  ledger,
  catalogAt,
  clock,
}: Known & { readonly clock: Clock }): (name: string) => Promise<boolean> {
  return async name => {
    if (!SOURCE_NAME.test(name)) return false;
    if ((await catalogAt(clock()))?.sources.some(source => source.name === name)) return true;
    return (await findSource(ledger, name)) !== undefined;
  };
}

/**
 * Finds who sends files under a name, and how they are read by the catalog in force at a moment. A source that the catalog names
 * needs no key to be known; one that has a key needs no mapping. `undefined`: neither.
 */
export function fileSourceIn({
  ledger,
  catalogAt,
  newSecret,
}: Known & { readonly newSecret: () => string }): (name: string, at: Instant) => Promise<FileSource | undefined> {
  return async (name, at) => {
    if (!SOURCE_NAME.test(name)) return undefined;
    const named = (await catalogAt(at))?.sources.find(source => source.name === name);
    const source = named === undefined ? await findSource(ledger, name) : await ensureSource(ledger, name, newSecret);
    return source && { source, description: named ?? plainSource(name) };
  };
}
