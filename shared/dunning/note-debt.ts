import type { Instant } from '#shared/platform/instant.ts';
import type { Debt } from './debt.ts';
import { type DunningCase, isOpen, type OwedInvoice } from './dunning-case.ts';
import type { InvoiceOutcome } from './receivables.ts';

/** Of invoices that are not owed any more, or were written off: what became of them. */
export type InvoiceOutcomes = ReadonlyMap<string, InvoiceOutcome>;

/** The invoices of which `noteDebt` has to know the fate. */
export function vanished(dunning: DunningCase, debt: Debt): string[] {
  const owed = new Set(stillOwed(debt).map(({ invoice }) => invoice));
  const gone = dunning.debt.filter(({ invoice }) => !owed.has(invoice)).map(({ invoice }) => invoice);
  return [...new Set([...gone, ...dunning.writtenOff.map(({ invoice }) => invoice)])];
}

/**
 * The case with the debt as it is now. What was owed at the last look and is not any more was paid, in part or in full,
 * credited, given up, or was never owed (void). Only what was paid counts as received.
 */
export function noteDebt(dunning: DunningCase, debt: Debt, outcomes: InvoiceOutcomes, now: Instant): DunningCase {
  const bad = new Set(dunning.writtenOff.map(({ invoice }) => invoice));
  const { noted, left } = madeGood(dunning, outcomes, now);
  const currentCase = { ...noted, writtenOff: left };
  return {
    ...(isOpen(currentCase) ? settleOwed(currentCase, debt, outcomes, bad, now) : currentCase),
    debt: owedNow(debt),
  };
}

function stillOwed({ unpaid, underWay }: Debt) {
  return [...unpaid, ...underWay];
}

function owedNow(debt: Debt): OwedInvoice[] {
  return stillOwed(debt).map(({ invoice, number, amount, paid, dueAt, dueOn }) => ({
    invoice,
    number,
    amount,
    paid,
    dueAt,
    ...(dueOn !== undefined && { dueOn }),
  }));
}

/** Since it was last read. */
function paidSince(before: Pick<OwedInvoice, 'amount' | 'paid'>, paid: bigint, left: bigint): bigint {
  const since = before.paid === undefined ? before.amount - left : paid - before.paid;
  return since < paid ? since : paid;
}

/** Bad debts that were paid after all, or made void. */
function madeGood(dunning: DunningCase, outcomes: InvoiceOutcomes, now: Instant) {
  let noted = dunning;
  const left = dunning.writtenOff.filter(given => {
    const outcome = outcomes.get(given.invoice);
    if (outcome?.status === 'paid') noted = withPaid(noted, given.invoice, paidSince(given, outcome.paid, 0n), now);
    return outcome?.status !== 'paid' && outcome?.status !== 'void';
  });
  return { noted, left };
}

function settleOwed(
  dunning: DunningCase,
  debt: Debt,
  outcomes: InvoiceOutcomes,
  bad: ReadonlySet<string>,
  now: Instant,
): DunningCase {
  let noted = dunning;
  for (const before of dunning.debt) {
    const { invoice } = before;
    if (bad.has(invoice)) continue;
    const still = stillOwed(debt).find(each => each.invoice === invoice);
    const outcome = outcomes.get(invoice);
    const paid = still?.paid ?? outcome?.paid ?? 0n;
    noted = withPaid(noted, invoice, paidSince(before, paid, still?.amount ?? 0n), now);
    if (still === undefined && outcome?.status === 'uncollectible') noted = forgiven(noted, invoice, now);
  }
  return noted;
}

function withPaid(dunning: DunningCase, invoice: string, amount: bigint, now: Instant): DunningCase {
  if (amount <= 0n) return dunning;
  const entry = { at: now, what: 'paid' as const, detail: { invoice, minorUnits: amount.toString() } };
  return { ...dunning, paid: dunning.paid + amount, history: [...dunning.history, entry] };
}

/** Given up at the provider, by a person. Only a debt that the policy gave up keeps the service restricted. */
function forgiven(dunning: DunningCase, invoice: string, now: Instant): DunningCase {
  const entry = { at: now, what: 'written-off' as const, detail: { invoice } };
  return { ...dunning, history: [...dunning.history, entry] };
}
