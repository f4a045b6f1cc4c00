import { periodKey } from '#shared/accounts/period-item.ts';
import { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { type ManifestStore, readManifest } from '#shared/invoicing/frozen/frozen-object.ts';
import { manifestEntry } from '#shared/invoicing/frozen/manifest.ts';
import type { Period } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import type { RecordOutcome } from '#shared/rating/record-view.ts';

export interface OutcomeSources {
  readonly ledger: Table;
  readonly manifests: ManifestStore;
}

/**
 * What became of the records of a period: once its invoice was compared, those it was made from are billed. What came
 * later is still open.
 */
export async function periodOutcomes(
  { ledger, manifests }: OutcomeSources,
  account: string,
  { start }: Period,
): Promise<(record: RatedRecord) => RecordOutcome> {
  const period = await ledger.get(periodKey(account, start), ClosingPeriod);
  const asRated = ({ state }: RatedRecord): RecordOutcome => ({ state, invoice: null });
  if (period?.frozen === undefined || period.state !== 'closed') return asRated;
  const billed = await readManifest(manifests, period.frozen.manifest);
  const onInvoice: RecordOutcome = { state: 'billed', invoice: period.invoice ?? null };
  return rated => (rated.state === 'open' && billed.has(manifestEntry(rated.record)) ? onInvoice : asRated(rated));
}
