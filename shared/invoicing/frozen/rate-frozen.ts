import { findAccount, linesOf } from '#shared/accounts/account-book.ts';
import type { CatalogTextShelf } from '#shared/catalog/catalog-store.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { Table } from '#shared/platform/table.ts';
import { rate } from '#shared/rating/rate.ts';
import type { RatedPeriod } from '#shared/rating/rated-period.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { type PageReader, readRecords } from '#shared/usage/pages/read-pages.ts';
import type { ClosingPeriod, FrozenPeriod } from './closing-period.ts';
import { type FrozenInput, inputAsOfNow, ratedAccountOf } from './frozen-input.ts';
import { type ManifestStore, readFrozen } from './frozen-object.ts';
import { manifestEntry } from './manifest.ts';

export interface FrozenRatingDependencies {
  readonly table: Table;
  readonly pages: PageReader;
  readonly catalogStore: CatalogTextShelf;
  readonly manifests: ManifestStore;
}

export type PeriodThatIsFrozen = Pick<ClosingPeriod, 'account' | 'start' | 'end'> & { readonly frozen: FrozenPeriod };

/** A closed period rated again, from what it was frozen with. */
export interface RatedAgain {
  readonly input: FrozenInput;
  readonly catalogs: readonly PublishedCatalog[];
  /** Itemised. */
  readonly rated: RatedPeriod;
  /** Records that the manifest names and no page has. */
  readonly missing: readonly string[];
}

/**
 * Rates a closed period from the records that its manifest names and the input beside them, as both were then.
 * @throws NotAsFrozen where what is kept is not what was frozen
 */
export async function rateFrozen(sources: FrozenRatingDependencies, period: PeriodThatIsFrozen): Promise<RatedAgain> {
  const kept = await readFrozen(sources.manifests, period.frozen);
  const input = kept.input ?? (await inputOfOlder(sources, period));
  const account = ratedAccountOf(input);
  const tenures = account.lines.flatMap(line => line.names);
  const [catalogs, onPages] = await Promise.all([
    sources.catalogStore.read(input.catalogs),
    readRecords(sources.pages, tenures, input.period, { consistent: true }),
  ]);
  const records = onPages.flatMap(record => asFrozen(record, kept.records) ?? []);
  const found = new Set(records.map(manifestEntry));
  return {
    input,
    catalogs,
    rated: rate({ account, period: input.period, records, catalogs, itemised: true }),
    missing: [...kept.records].filter(entry => !found.has(entry)),
  };
}

/** For a period that was frozen before inputs were kept: account, lines and catalog as they are now, its own time zone. */
async function inputOfOlder(
  { table, catalogStore }: FrozenRatingDependencies,
  period: PeriodThatIsFrozen,
): Promise<FrozenInput> {
  const account = await findAccount(table, period.account);
  if (account === undefined) throw new RangeError('A period without its account.');
  const lines = await linesOf(table, period.account);
  return inputAsOfNow({ ...account, timezone: period.frozen.timezone }, lines, period, await catalogStore.references());
}

/** A void that came after the freeze does not count yet; a record that came after it does not at all. */
function asFrozen(record: KeptRecord, manifest: ReadonlySet<string>): KeptRecord | undefined {
  for (const voided of [false, true]) {
    const asThen = { ...record, voided };
    if (manifest.has(manifestEntry(asThen))) return asThen;
  }
  return undefined;
}
