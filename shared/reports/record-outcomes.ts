import { periodKey } from '#shared/accounts/period-item.ts';
import { Adjustment, adjustmentKey } from '#shared/adjustments/adjustment.ts';
import { isStillBilled, type LatePolicy, latePolicyAt } from '#shared/catalog/late-policy.ts';
import { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { type ManifestStore, readManifest } from '#shared/invoicing/frozen/frozen-object.ts';
import { lateDocumentsOf } from '#shared/invoicing/frozen/late-document.ts';
import { manifestEntry } from '#shared/invoicing/frozen/manifest.ts';
import { type Clock, type Period, SECOND } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { RatingDependencies } from '#shared/rating/rate-account.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import type { RecordOutcome } from '#shared/rating/record-view.ts';

export interface OutcomeSources {
  readonly ledger: Table;
  readonly manifests: ManifestStore;
  readonly clock: Clock;
  readonly rating: Pick<RatingDependencies, 'catalogs'>;
}

/**
 * What became of the records of a period: once its invoice was compared, those it was made from are billed. What came
 * later is carried to another invoice, or written off, by the late policy of the catalog.
 */
export async function periodOutcomes(
  sources: OutcomeSources,
  account: string,
  { start }: Period,
): Promise<(record: RatedRecord) => RecordOutcome> {
  const { ledger, manifests } = sources;
  const period = await ledger.get(periodKey(account, start), ClosingPeriod);
  const asRated = ({ state }: RatedRecord): RecordOutcome => ({ state, invoice: null });
  if (period?.frozen === undefined || period.state !== 'closed') return asRated;
  const billed = await readManifest(manifests, period.frozen.manifest);
  const onInvoice: RecordOutcome = { state: 'billed', invoice: period.invoice ?? null };
  const late = await lateOutcomes(sources, account, start);
  return rated => {
    if (rated.state !== 'open') return asRated(rated);
    return billed.has(manifestEntry(rated.record)) ? onInvoice : late(rated);
  };
}

async function lateOutcomes(sources: OutcomeSources, account: string, start: number) {
  const { ledger, manifests, clock, rating } = sources;
  const invoices = new Map<string, string | null>();
  for (const { adjustments, manifest } of await lateDocumentsOf(ledger, account, start)) {
    const invoice = await invoiceOf(ledger, account, adjustments);
    for (const entry of await readManifest(manifests, manifest)) if (!invoices.has(entry)) invoices.set(entry, invoice);
  }
  const policy = latePolicyAt(await rating.catalogs(), clock());
  return ({ record }: RatedRecord): RecordOutcome => {
    const invoice = invoices.get(manifestEntry(record));
    if (invoice !== undefined) return { state: 'carried', invoice };
    return { state: isCarried(policy, record) ? 'carried' : 'written-off', invoice: null };
  };
}

function isCarried(policy: LatePolicy, { facts, acceptedSeconds }: RatedRecord['record']): boolean {
  return isStillBilled(policy, facts.startedAt, acceptedSeconds * SECOND);
}

/** Of a late document, once one of its amounts is billed. */
async function invoiceOf(ledger: Table, account: string, adjustments: readonly string[]): Promise<string | null> {
  for (const id of adjustments) {
    const adjustment = await ledger.get(adjustmentKey({ account, id }), Adjustment);
    if (adjustment?.state === 'billed') return adjustment.invoice ?? null;
  }
  return null;
}
