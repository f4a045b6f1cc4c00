import type { Instant } from '#shared/platform/instant.ts';
import type { InvoiceFate } from './collection.ts';
import type { Debt } from './debt.ts';
import { type DunningCase, isOpen, type OwedInvoice } from './dunning-case.ts';

/** Of invoices that are not owed any more, or were written off: what became of them. */
export type Fates = ReadonlyMap<string, InvoiceFate>;

/** The invoices of which `noteDebt` has to know the fate. */
export function vanished(dunning: DunningCase, debt: Debt): string[] {
  const owed = new Set(debt.unpaid.map(({ invoice }) => invoice));
  const gone = dunning.debt.filter(({ invoice }) => !owed.has(invoice)).map(({ invoice }) => invoice);
  return [...new Set([...gone, ...dunning.writtenOff.map(({ invoice }) => invoice)])];
}

/**
 * The case with the debt as it is now. What was owed at the last look and is not any more was paid, in part or in full,
 * given up, or was never owed (void), and the case says which.
 */
export function noteDebt(dunning: DunningCase, debt: Debt, fates: Fates, now: Instant): DunningCase {
  const bad = new Set(dunning.writtenOff.map(({ invoice }) => invoice));
  const { noted, left } = madeGood(dunning, fates, now);
  const standing = { ...noted, writtenOff: left };
  return { ...(isOpen(standing) ? settleOwed(standing, debt, fates, bad, now) : standing), debt: owedNow(debt) };
}

function owedNow({ unpaid }: Debt): OwedInvoice[] {
  return unpaid.map(({ invoice, number, amount, dueAt }) => ({ invoice, number, amount, dueAt }));
}

/** Bad debts that were paid after all, or made void. */
function madeGood(dunning: DunningCase, fates: Fates, now: Instant) {
  let noted = dunning;
  const left = dunning.writtenOff.filter(({ invoice, amount }) => {
    const fate = fates.get(invoice);
    if (fate === 'paid') noted = withPaid(noted, invoice, amount, now);
    return fate !== 'paid' && fate !== 'void';
  });
  return { noted, left };
}

function settleOwed(
  dunning: DunningCase,
  debt: Debt,
  fates: Fates,
  bad: ReadonlySet<string>,
  now: Instant,
): DunningCase {
  let noted = dunning;
  for (const { invoice, amount } of dunning.debt) {
    const left = debt.unpaid.find(each => each.invoice === invoice)?.amount ?? 0n;
    const fate = left > 0n ? 'open' : fates.get(invoice);
    const isPaid = (fate === 'open' && left > 0n && left < amount) || fate === 'paid';
    if (bad.has(invoice)) continue;
    if (isPaid) noted = withPaid(noted, invoice, amount - left, now);
    if (fate === 'uncollectible') noted = withWrittenOff(noted, invoice, amount, now);
  }
  return noted;
}

function withPaid(dunning: DunningCase, invoice: string, amount: bigint, now: Instant): DunningCase {
  const entry = { at: now, what: 'paid' as const, detail: { invoice, minorUnits: amount.toString() } };
  return { ...dunning, paid: dunning.paid + amount, history: [...dunning.history, entry] };
}

/** By somebody at the collector. */
function withWrittenOff(dunning: DunningCase, invoice: string, amount: bigint, now: Instant): DunningCase {
  const entry = { at: now, what: 'written-off' as const, detail: { invoice } };
  const writtenOff = [...dunning.writtenOff, { invoice, amount, done: true }];
  return { ...dunning, writtenOff, history: [...dunning.history, entry] };
}
