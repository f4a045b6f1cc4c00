import { linesOf } from '#shared/accounts/account-book.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { CatalogTextShelf } from '#shared/catalog/catalog-store.ts';
import type { ClosingPeriod, FrozenPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { inputAsOfNow, ratedAccountOf } from '#shared/invoicing/frozen/frozen-input.ts';
import { keepFrozen, type ManifestStore } from '#shared/invoicing/frozen/frozen-object.ts';
import { manifestEntry, manifestOfEntries } from '#shared/invoicing/frozen/manifest.ts';
import { type AccountMeteringDependencies, pointAtLeftOut } from '#shared/metering/push-account.ts';
import { rateRecords } from '#shared/rating/rate-account.ts';
import type { RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';

export interface FreezeDependencies extends AccountMeteringDependencies {
  readonly catalogStore: CatalogTextShelf;
  readonly manifests: ManifestStore;
}

/**
 * Rates the period from what is on the pages now, and keeps what its bill is made from: the names of the records, and
 * account, lines and catalog versions as they are. A repeat keeps its own.
 */
export async function freeze(
  services: FreezeDependencies,
  account: AccountItem,
  period: ClosingPeriod,
): Promise<FrozenPeriod> {
  const { table, catalogStore, pages } = services;
  const [lines, references] = await Promise.all([linesOf(table, account.account), catalogStore.references()]);
  const input = inputAsOfNow(account, lines, period, references);
  const rated = await rateRecords(
    { pages, catalogs: () => catalogStore.read(references) },
    ratedAccountOf(input),
    input.period,
    { consistent: true },
    () => new Entries(),
  );
  await pointAtLeftOut(services, period.account, rated, rated.sink.leftOut);
  const manifest = manifestOfEntries(rated.sink.entries);
  const kept = await keepFrozen(services.manifests, input, manifest);
  return {
    at: services.clock(),
    timezone: account.timezone,
    targets: Object.fromEntries(rated.targets),
    records: manifest.records.length,
    manifest: kept.key,
    digest: manifest.digest,
    inputDigest: kept.inputDigest,
  };
}

/** Names the records of a period, and counts those that rating leaves out. */
class Entries implements RecordSink {
  readonly entries: string[] = [];
  leftOut = 0;

  take({ record, state }: RatedRecord): void {
    this.entries.push(manifestEntry(record));
    if (state === 'quarantined') this.leftOut += 1;
  }
}
