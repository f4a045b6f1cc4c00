import type { CarriedAllowance } from '#shared/accounts/account.ts';
import { linesOf } from '#shared/accounts/account-book.ts';
import { carriedInto, keepCarried } from '#shared/accounts/carried-allowances.ts';
import { PERIOD_PREFIX } from '#shared/accounts/period-item.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { CatalogTextShelf } from '#shared/catalog/catalog-store.ts';
import { rollsOver } from '#shared/catalog/catalog-version.ts';
import { ClosingPeriod, type FrozenPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { inputAsOfNow, ratedAccountOf, withPools } from '#shared/invoicing/frozen/frozen-input.ts';
import { keepFrozen, type ManifestStore } from '#shared/invoicing/frozen/frozen-object.ts';
import { manifestEntry, manifestOfEntries } from '#shared/invoicing/frozen/manifest.ts';
import { type AccountMeteringDependencies, pointAtLeftOut } from '#shared/metering/push-account.ts';
import { Throttled } from '#shared/platform/failure.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
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
 * @throws PeriodTooLarge
 */
export async function freeze(
  services: FreezeDependencies,
  account: AccountItem,
  period: ClosingPeriod,
): Promise<FrozenPeriod> {
  const { table, catalogStore, pages, mostRecords } = services;
  const [lines, references] = await Promise.all([linesOf(table, account.account), catalogStore.references()]);
  const catalogs = await catalogStore.read(references);
  const carries = rollsOver(catalogs);
  const carriedIn = carries ? await carriedIntoEnded(table, period) : [];
  const input = inputAsOfNow(account, lines, period, references, carriedIn);
  const rated = await rateRecords(
    { pages, catalogs: async () => catalogs, carriedInto: async () => carriedIn, mostRecords },
    ratedAccountOf(input),
    input.period,
    { consistent: true },
    () => new Entries(),
  );
  await pointAtLeftOut(services, period.account, rated, rated.sink.leftOut);
  const manifest = manifestOfEntries(rated.sink.entries);
  const kept = await keepFrozen(services.manifests, withPools(input, rated.pools), manifest);
  if (carries) await keepCarried(table, account.account, input.period, rated.carriedOut);
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

/**
 * What earlier periods left.
 * @throws Throttled `period-before-open`: the one before is not frozen, so it is not known yet
 */
async function carriedIntoEnded(table: Table, { account, start, end }: ClosingPeriod): Promise<CarriedAllowance[]> {
  const between = [PERIOD_PREFIX, `${PERIOD_PREFIX}${printInstant(start - 1)}`] as const;
  const earlier = table.query(
    { pk: `account#${account}`, between, newestFirst: true, consistent: true, limit: 1 },
    ClosingPeriod,
  );
  for await (const { frozen } of earlier) {
    if (frozen === undefined) throw new Throttled('period-before-open', 'The period before is not frozen yet.');
    break;
  }
  return carriedInto(table, account, { start, end }, { consistent: true });
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
