import type { RatedAccount } from '#shared/accounts/account.ts';
import { findAccount, linesOf } from '#shared/accounts/account-book.ts';
import type { CatalogTextShelf } from '#shared/catalog/catalog-store.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { Table } from '#shared/platform/table.ts';
import { type RatedStream, type RecordSink, rateStream } from '#shared/rating/rate-stream.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import type { PageReader } from '#shared/usage/pages/read-pages.ts';
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
export interface RatedAgain<S> extends FrozenTerms {
  readonly rated: RatedStream<S>;
  /** Records that the manifest names and no page has. */
  readonly missing: number;
}

/** What a closed period is rated from, its records aside. */
export interface FrozenTerms {
  readonly input: FrozenInput;
  readonly account: RatedAccount;
  readonly catalogs: readonly PublishedCatalog[];
  /** The entries (see `manifestEntry`) of its records. */
  readonly manifest: ReadonlySet<string>;
}

/**
 * Rates a closed period from the records that its manifest names and the input beside them, as both were then.
 * @param sinkOf takes the records as they are rated; see `rateStream`
 * @param isCounted with it, what came since then counts too: voids, and the records that it answers `true` for
 * @throws NotAsFrozen where what is kept is not what was frozen
 */
export async function rateFrozen<S extends RecordSink>(
  sources: FrozenRatingDependencies,
  period: PeriodThatIsFrozen,
  sinkOf: (terms: FrozenTerms) => S,
  isCounted?: (record: KeptRecord) => boolean,
): Promise<RatedAgain<S>> {
  const kept = await readFrozen(sources.manifests, period.frozen);
  const input = kept.input ?? (await inputOfOlder(sources, period));
  const catalogs = await sources.catalogStore.read(input.catalogs);
  const terms = { input, account: ratedAccountOf(input), catalogs, manifest: kept.records };
  const missing = new Set(kept.records);
  const rating = {
    account: terms.account,
    period: input.period,
    catalogs,
    consistent: true,
    itemised: true,
    asCounted: (record: KeptRecord) => {
      const then = asFrozen(record, kept.records);
      if (then !== undefined) missing.delete(manifestEntry(then));
      if (isCounted === undefined) return then;
      return then !== undefined || isCounted(record) ? record : undefined;
    },
  };
  const rated = await rateStream(sources.pages, rating, () => sinkOf(terms));
  return { ...terms, rated, missing: missing.size };
}

/** For a period that was frozen before inputs were kept: account, lines and catalog as they are now, its own time zone. */
async function inputOfOlder(
  { table, catalogStore }: FrozenRatingDependencies,
  period: PeriodThatIsFrozen,
): Promise<FrozenInput> {
  const account = await findAccount(table, period.account);
  if (account === undefined) throw new RangeError('A period without its account.');
  const lines = await linesOf(table, period.account);
  return inputAsOfNow(
    { ...account, timezone: period.frozen.timezone },
    lines,
    period,
    await catalogStore.references(),
    [],
  );
}

/** A void that came after the freeze does not count yet; a record that came after it does not at all. */
function asFrozen(record: KeptRecord, manifest: ReadonlySet<string>): KeptRecord | undefined {
  for (const voided of [false, true]) {
    const asThen = { ...record, voided };
    if (manifest.has(manifestEntry(asThen))) return asThen;
  }
  return undefined;
}
