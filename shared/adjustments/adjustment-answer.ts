import { majorOf } from '#shared/money/minor-units.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { Adjustment } from './adjustment.ts';
import type { PlanWithParts } from './read-adjustments.ts';

/** As the API shows it. What is on a draft is still waiting: nobody has been billed. @param billId of an invoice */
export function adjustmentAnswer(adjustment: Adjustment, billId: (invoice: string) => string) {
  const { id, label, section, amount, currency, createdAt } = adjustment;
  return {
    id,
    label,
    section,
    amount: majorOf(amount < 0n ? -amount : amount, currency),
    currency,
    createdAt: printInstant(createdAt),
    ...standing(adjustment, billId),
  };
}

/** Its state is that of the parts together; its bill the last one that it stands on. */
export function planAnswer({ plan, parts }: PlanWithParts, billId: (invoice: string) => string) {
  const { id, label, section, total, currency, months, firstOn, createdAt } = plan;
  const kept = parts.filter(({ state }) => state !== 'cancelled');
  const waits = kept.some(({ state }) => state !== 'billed');
  const last = kept.findLast(({ state }) => state === 'billed');
  return {
    id,
    label,
    section,
    total: majorOf(total, currency),
    currency,
    months,
    firstOn,
    createdAt: printInstant(createdAt),
    state: kept.length === 0 ? 'cancelled' : waits ? 'waiting' : 'billed',
    bill: last?.invoice === undefined ? null : billId(last.invoice),
    remaining: majorOf(
      kept.reduce((sum, { state, amount }) => (state === 'billed' ? sum : sum + amount), 0n),
      currency,
    ),
    parts: kept.map(part => ({
      n: part.part?.n ?? 0,
      to: part.part?.to ?? 0,
      of: months,
      on: printInstant(part.from).slice(0, 10),
      amount: majorOf(part.amount, currency),
      ...standing(part, billId),
    })),
  };
}

function standing({ state, invoice }: Adjustment, billId: (invoice: string) => string) {
  const isBilled = state === 'billed' && invoice !== undefined;
  return { state: state === 'placed' ? 'waiting' : state, bill: isBilled ? billId(invoice) : null };
}
