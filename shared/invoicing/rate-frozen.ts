import { linesOf } from '#shared/accounts/account-book.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { lineHistory } from '#shared/accounts/records/subscriber-line.ts';
import { type ManifestStore, manifestEntry, readManifest } from '#shared/metering/manifest.ts';
import type { ClosingPeriod, FrozenPeriod } from '#shared/metering/period-closing.ts';
import type { Table } from '#shared/platform/table.ts';
import { rate } from '#shared/rating/rate.ts';
import type { RatingDependencies } from '#shared/rating/rate-account.ts';
import type { RatedPeriod } from '#shared/rating/rated-period.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { readRecords } from '#shared/usage/pages/read-pages.ts';

export interface FrozenRatingDependencies extends RatingDependencies {
  readonly table: Table;
  readonly manifests: ManifestStore;
}

/** Rates a closed period from the records that its manifest names, as they were when it was frozen. Itemised. */
export async function rateFrozen(
  { table, pages, catalogs, manifests }: FrozenRatingDependencies,
  account: AccountItem,
  period: Pick<ClosingPeriod, 'start' | 'end'>,
  frozen: FrozenPeriod,
): Promise<RatedPeriod> {
  const lines = (await linesOf(table, account.account)).filter(line => line.billed).map(lineHistory);
  const tenures = lines.flatMap(line => line.names);
  const { start, end } = period;
  const [versions, kept, manifest] = await Promise.all([
    catalogs(),
    readRecords(pages, tenures, { start, end }, { consistent: true }),
    readManifest(manifests, frozen.manifest),
  ]);
  return rate({
    account: { account: account.account, currency: account.currency, timezone: frozen.timezone, lines },
    period: { start, end },
    records: kept.flatMap(record => asFrozen(record, manifest) ?? []),
    catalogs: versions,
    itemised: true,
  });
}

/** A void that came after the freeze does not count yet; a record that came after it does not at all. */
function asFrozen(record: KeptRecord, manifest: ReadonlySet<string>): KeptRecord | undefined {
  for (const voided of [false, true]) {
    const asThen = { ...record, voided };
    if (manifest.has(manifestEntry(asThen))) return asThen;
  }
  return undefined;
}
