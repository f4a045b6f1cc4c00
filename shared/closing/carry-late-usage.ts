import { periodKey } from '#shared/accounts/period-item.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { waitingWrites } from '#shared/adjustments/add-adjustments.ts';
import type { Adjustment } from '#shared/adjustments/adjustment.ts';
import { type BillableKey, SECTIONS, type Section } from '#shared/catalog/billable.ts';
import { amountMinor, billablesByKey } from '#shared/catalog/billables-of.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { isStillBilled, latePolicyAt } from '#shared/catalog/late-policy.ts';
import { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { keepEntries } from '#shared/invoicing/frozen/frozen-object.ts';
import { lateDocumentItem, lateDocumentsOf } from '#shared/invoicing/frozen/late-document.ts';
import { manifestEntry, manifestOfEntries } from '#shared/invoicing/frozen/manifest.ts';
import { type PeriodThatIsFrozen, type RatedAgain, rateFrozen } from '#shared/invoicing/frozen/rate-frozen.ts';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import { formatsOf } from '#shared/locale/formats.ts';
import { add, type Decimal, subtract, ZERO } from '#shared/money/decimal.ts';
import { roundHalfUp } from '#shared/money/rounding.ts';
import { sha256 } from '#shared/platform/digest.ts';
import { DAY, type Instant, printInstant, SECOND } from '#shared/platform/instant.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import { ABSENT } from '#shared/platform/table.ts';
import type { RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import { dropMark, type LateMark, lateMarks, markLate } from '#shared/usage/late/late-marks.ts';
import type { ClosingRun } from './carry-out.ts';
import type { CompareInvoiceDependencies } from './compare-invoice.ts';
import type { FreezeDependencies } from './freeze.ts';

export type CarryLateUsageDependencies = FreezeDependencies & Pick<CompareInvoiceDependencies, 'catalogs'>;

// Usage of a period that is billed already; each arrow in the run that closes a later period, under its lease:
//
//   the period before, and those of which old usage has come (`late-marks.ts`)
//     ──▶ rated again as it was frozen, with what is on the pages now ──▶ against what is billed of it so far
//     ──▶ the difference, a line per section: adjustments, with the document that names the records   (one write)
//     ──▶ marks dropped
//
// - Died before the write: rated again. Died after it: the document is there, and nothing differs any more.
// - A period whose invoice was not compared yet is marked, and the next run looks at it.

/** Puts usage that came after its period was billed on the invoice of this one, as the catalog's late policy says. */
export async function carryLateUsage(services: CarryLateUsageDependencies, run: ClosingRun): Promise<void> {
  const { table } = services;
  const { account, start } = run.period;
  const marks = await lateMarks(table, account);
  for await (const earlier of earlierPeriods(services, run.period, marks)) {
    const own = marks.filter(({ day }) => day < earlier.end && day + DAY > earlier.start);
    if (own.length === 0 && earlier.end !== start) continue;
    const { frozen } = earlier;
    if (earlier.state !== 'closed' || frozen === undefined) {
      if (own.length === 0) await markLate(table, account, earlier.start);
      continue;
    }
    await carry(services, run, { ...earlier, frozen });
    for (const mark of own) await dropMark(table, account, mark);
  }
}

/** Longer than any period: how far before a day its period may begin. */
const LONGEST = 62 * DAY;

/** The one before, and back to the oldest mark; newest first. */
function earlierPeriods(
  { table }: CarryLateUsageDependencies,
  { account, start }: ClosingPeriod,
  marks: readonly LateMark[],
): AsyncGenerator<ClosingPeriod> {
  const oldest = Math.min(start, ...marks.map(({ day }) => day)) - LONGEST;
  const between = [periodKey(account, oldest).sk, periodKey(account, start - SECOND).sk] as const;
  return table.query({ pk: `account#${account}`, between, newestFirst: true, consistent: true }, ClosingPeriod);
}

async function carry(
  services: CarryLateUsageDependencies,
  { due, period, account }: ClosingRun,
  of: PeriodThatIsFrozen,
) {
  const { table, manifests, clock } = services;
  const before = await lateDocumentsOf(table, of.account, of.start);
  const published = await services.catalogs();
  const policy = latePolicyAt(published, clock());
  if (policy.mode === 'write-off') return;
  const counts = (record: RatedRecord['record']) =>
    isStillBilled(policy, record.facts.startedAt, record.acceptedSeconds * SECOND);
  const again = await rateFrozen(services, of, terms => new LateEntries(terms.manifest), counts);
  if (again.missing > 0) {
    // What retention has deleted cannot be counted again: the rest would look like a credit.
    const detail = { period: printInstant(of.start), records: String(again.missing) };
    return due.note({ trouble: { code: 'late-usage-unbilled', detail } });
  }
  const billed = new Map(Object.entries(before.at(-1)?.targets ?? of.frozen.targets));
  const amounts = differences(again, billed, published);
  if (amounts.size === 0) return;

  const { account: id, start } = of;
  const n = before.length + 1;
  const name = `late_${sha256(`${id}\n${printInstant(start)}\n${n}`).slice(0, 20)}`;
  const adjustments = adjustmentsOf(await account(), of, amounts, { name, now: clock(), from: period.end });
  const entries = manifestOfEntries(again.rated.sink.late);
  const document = {
    account: id,
    start,
    n,
    at: clock(),
    targets: Object.fromEntries(again.rated.targets),
    records: entries.records.length,
    manifest: await keepEntries(manifests, { account: id, start }, entries),
    adjustments: adjustments.map(adjustment => adjustment.id),
  };
  await due.writeBeside([
    { put: lateDocumentItem(document), condition: ABSENT },
    ...adjustments.flatMap(waitingWrites),
  ]);
}

/** What the period lacks or has too much of, in whole minor units by section; sections of 0 are left out. */
function differences(
  { rated, catalogs }: RatedAgain<LateEntries>,
  billed: ReadonlyMap<BillableKey, bigint>,
  published: readonly PublishedCatalog[],
): Map<Section, bigint> {
  const known = billablesByKey([...published, ...catalogs]);
  const sums = new Map<Section, Decimal>();
  for (const key of new Set([...rated.targets.keys(), ...billed.keys()])) {
    const now = rated.targets.get(key) ?? 0n;
    const before = billed.get(key) ?? 0n;
    if (now === before) continue;
    const billable = mustHave(known.get(key), `No published catalog version has ${key}.`);
    const difference = subtract(amountMinor(billable, now), amountMinor(billable, before));
    sums.set(billable.section, add(sums.get(billable.section) ?? ZERO, difference));
  }
  const rounded = [...sums].map(([section, sum]) => [section, roundHalfUp(sum, 0).digits] as const);
  return new Map(rounded.filter(([, amount]) => amount !== 0n));
}

function adjustmentsOf(
  { account, currency, locale, timezone }: AccountItem,
  used: PeriodThatIsFrozen,
  amounts: ReadonlyMap<Section, bigint>,
  { name, now, from }: { readonly name: string; readonly now: Instant; readonly from: Instant },
): Adjustment[] {
  const texts = textsOf(locale);
  const days = formatsOf(locale, currency, timezone).span(used);
  return SECTIONS.flatMap(section => {
    const amount = amounts.get(section);
    if (amount === undefined || section === 'plans' || section === 'tax') return [];
    const label = texts.invoice.lateUsage(texts.sections[section], days);
    const id = `${name}-${section}`;
    return [{ account, id, kind: 'late', label, section, amount, currency, createdAt: now, from, state: 'waiting' }];
  });
}

/** Names the records that the period was not billed from. */
class LateEntries implements RecordSink {
  readonly late: string[] = [];
  readonly #manifest: ReadonlySet<string>;

  constructor(manifest: ReadonlySet<string>) {
    this.#manifest = manifest;
  }

  take({ record }: RatedRecord): void {
    const entry = manifestEntry(record);
    if (!this.#manifest.has(entry)) this.late.push(entry);
  }
}
