import { type Instant, SECOND } from '#shared/platform/instant.ts';
import type { DeclineClass } from './decline-class.ts';
import type { DunningCase, RetriedPayment } from './dunning-case.ts';
import type { InvoiceOutcomes } from './note-debt.ts';
import type { CustomerReceivables } from './receivables.ts';
import { entered } from './record.ts';

/**
 * The case with what the invoices say of its payments that are not known to have ended: an answer may have been lost, or
 * somebody else was quicker. A payment method that was taken away, or that is refused for good at any invoice, is not
 * tried any more.
 */
export function settlePayments(
  dunning: DunningCase,
  receivables: CustomerReceivables,
  outcomes: InvoiceOutcomes,
  now: Instant,
): DunningCase {
  let settled = dunning;
  for (const payment of dunning.payments) {
    if (payment.outcome !== undefined) continue;
    const { invoice, way } = payment;
    const found = receivables.open.find(({ id }) => id === invoice);
    const decline = found?.declines.findLast(({ at, paymentMethod }) => paymentMethod === way && isSince(at, payment));
    const paymentMethod = receivables.paymentMethods.find(({ id }) => id === way);
    if (found === undefined) {
      const isPaid = outcomes.get(invoice)?.status === 'paid';
      settled = withOutcome(settled, payment, isPaid ? 'paid' : 'dropped');
    } else if (decline !== undefined) {
      settled = withDecline(withOutcome(settled, payment, 'declined'), payment, decline.reason, now);
    } else if (paymentMethod === undefined || paymentMethod.isRefusedForGood) {
      settled = withOutcome(settled, payment, 'dropped');
    }
  }
  return settled;
}

/** The bank's no, on record. Where it is for good, the same payment method is tried on no other invoice. */
export function withDecline(
  dunning: DunningCase,
  { invoice, way }: Pick<RetriedPayment, 'invoice' | 'way'>,
  reason: DeclineClass,
  now: Instant,
): DunningCase {
  const declined = entered(dunning, now, 'payment-declined', { invoice });
  if (reason !== 'hard') return declined;
  const open = declined.payments.filter(payment => payment.way === way && payment.outcome === undefined);
  return open.reduce((current, payment) => withOutcome(current, payment, 'dropped'), declined);
}

/** The provider's moments are whole seconds. */
function isSince(at: Instant, { attempt }: RetriedPayment): boolean {
  return at >= Math.floor(attempt.since / SECOND) * SECOND;
}

function withOutcome(
  dunning: DunningCase,
  payment: RetriedPayment,
  outcome: NonNullable<RetriedPayment['outcome']>,
): DunningCase {
  const isIt = (each: RetriedPayment) => each.invoice === payment.invoice && each.way === payment.way;
  const payments = dunning.payments.map(each => (isIt(each) ? { ...each, outcome, trouble: undefined } : each));
  return { ...dunning, payments };
}
