import type { Adjustment } from '#shared/adjustments/adjustment.ts';
import { placeWrite } from '#shared/adjustments/change-adjustments.ts';
import { pendingAdjustments } from '#shared/adjustments/read-adjustments.ts';
import type { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import type { Locale } from '#shared/locale/locales.ts';
import { sha256 } from '#shared/platform/digest.ts';
import type { Table } from '#shared/platform/table.ts';
import { type CarryLateUsageDependencies, carryLateUsage } from './carry-late-usage.ts';
import type { ClosingRun } from './carry-out.ts';
import type { AddedLine, InvoiceDrafts } from './invoice-drafts.ts';

export interface PlaceAdjustmentsDependencies {
  readonly table: Table;
  readonly drafts: InvoiceDrafts;
}

/** Stripe holds 250 items on an invoice that do not come from the subscription; room is left for those of others. */
const MOST_ON_AN_INVOICE = 200;
/** Under the 100 of a transaction, and under the 250 lines of a call. */
const AT_ONCE = 90;

/**
 * Puts the account's charges, credits, instalments and late usage on the draft. Each is noted as placed there before it is sent,
 * and what the draft has is read before anything is added, so that a repeat adds what is missing.
 * @returns whether the draft has them all; `too-late`: it is final, and its bill tells what it has
 * @throws Failure when the provider cannot be reached now
 */
export async function placeAdjustments(
  services: PlaceAdjustmentsDependencies & CarryLateUsageDependencies,
  run: ClosingRun,
  draft: string,
): Promise<'placed' | 'too-late'> {
  await carryLateUsage(services, run);
  const { table, drafts } = services;
  const { due, period, account } = run;
  const chosen = await adjustmentsFor({ table, drafts }, period, draft);
  if (chosen.length === 0) return 'placed';
  const fresh = chosen.filter(({ invoice }) => invoice !== draft);
  for (const some of inParts(fresh)) await due.writeBeside(some.map(adjustment => placeWrite(adjustment, draft)));

  // What was never noted as placed was never sent.
  const there = fresh.length === chosen.length ? new Set<string>() : await drafts.adjustmentsOn(draft);
  const missing = chosen.filter(({ id }) => !there.has(id));
  const { locale } = await account();
  for (const some of inParts(missing)) {
    const lines = some.map(adjustment => lineOf(adjustment, locale));
    const ids = sha256(some.map(({ id }) => id).join()).slice(0, 16);
    const change = await drafts.addLines(draft, lines, `gate:${draft}:place:${ids}:${period.lease}`);
    if (change === 'too-late') return change;
  }
  return 'placed';
}

/** Those that are due by the period's end, and on no other invoice that still counts. */
async function adjustmentsFor(
  { table, drafts }: PlaceAdjustmentsDependencies,
  { account, end }: Pick<ClosingPeriod, 'account' | 'end'>,
  draft: string,
): Promise<Adjustment[]> {
  const found: Adjustment[] = [];
  for (const adjustment of await pendingAdjustments(table, account)) {
    const { from, invoice } = adjustment;
    if (from > end) continue;
    if (invoice === undefined || invoice === draft || (await drafts.isGone(invoice))) found.push(adjustment);
    if (found.length === MOST_ON_AN_INVOICE) break;
  }
  return found;
}

function lineOf({ id, label, section, amount, part }: Adjustment, locale: Locale): AddedLine {
  const { invoice } = textsOf(locale);
  return {
    adjustment: id,
    section,
    amount,
    description: part === undefined ? label : invoice.instalment(label, part.n, part.to, part.of),
  };
}

function inParts(adjustments: readonly Adjustment[]): Adjustment[][] {
  const count = Math.ceil(adjustments.length / AT_ONCE);
  return Array.from({ length: count }, (_, index) => adjustments.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
}
