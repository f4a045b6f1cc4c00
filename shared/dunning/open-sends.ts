import { identityOf, isRepeatable, nextAttempt, wasAnswered } from '#shared/accounts/provisioning/attempt.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { caseId, type DunningCase, type RetriedPayment } from './dunning-case.ts';
import type { Receivables } from './receivables.ts';
import { entered } from './record.ts';

// What was written down is sent, and what came of it is written down:
//
//   case: payment of in_1 by card_2, attempt 0 ──▶ provider: pay, identity of attempt 0 ──▶ case: paid | declined
//        crash or silence: the same identity again within 23 h ──▶ the first one's answer, charged once
//        an answered failure (5xx):  is the invoice still open? ──▶ attempt 1
//        23 h over without an answer: not tried again; the invoice says what it is

/** Keeps the case after each send; raises when the lease is lost. */
export type Keep = (dunning: DunningCase) => Promise<void>;

/** Sends what the case has written down and does not know the outcome of. Raises what the provider raises. */
export async function sendOpen(
  receivables: Receivables,
  dunning: DunningCase,
  keep: Keep,
  now: Instant,
): Promise<DunningCase> {
  let current = dunning;
  for (const payment of dunning.payments) {
    if (payment.outcome === undefined) current = await sendPayment(receivables, current, payment, keep, now);
  }
  for (const { invoice, done } of dunning.writtenOff) {
    if (done) continue;
    await receivables.writeOff(invoice);
    const writtenOff = current.writtenOff.map(each => (each.invoice === invoice ? { ...each, done: true } : each));
    current = { ...current, writtenOff };
    await keep(current);
  }
  return current;
}

/** As often as the provider may fail by an answer of its own. */
const MOST_ATTEMPTS = 5;

async function sendPayment(
  receivables: Receivables,
  dunning: DunningCase,
  open: RetriedPayment,
  keep: Keep,
  now: Instant,
): Promise<DunningCase> {
  let payment = open;
  let current = dunning;
  const change = async (to: RetriedPayment) => {
    current = withPayment(current, to, now);
    payment = to;
    await keep(current);
  };
  if (!isRepeatable(payment.attempt, now)) {
    const { status } = await receivables.outcome(payment.invoice);
    const mayTry = payment.attempt.failed && payment.attempt.number + 1 < MOST_ATTEMPTS;
    if (status !== 'open' || !mayTry) {
      await change({ ...payment, outcome: status === 'paid' ? 'paid' : 'lost' });
      return current;
    }
    await change({ ...payment, attempt: nextAttempt(payment.attempt, now) });
  }
  try {
    const identity = identityOf(`${caseId(dunning)}:pay:${payment.invoice}:${payment.way}`, payment.attempt);
    await change({ ...payment, outcome: await receivables.pay(payment.invoice, payment.way, identity) });
    return current;
  } catch (error) {
    if (wasAnswered(error) && payment.outcome === undefined) {
      await change({ ...payment, attempt: { ...payment.attempt, failed: true } });
    }
    throw error;
  }
}

function withPayment(dunning: DunningCase, payment: RetriedPayment, now: Instant): DunningCase {
  const payments = dunning.payments.map(each =>
    each.invoice === payment.invoice && each.way === payment.way ? payment : each,
  );
  const changed = { ...dunning, payments };
  if (payment.outcome !== 'declined') return changed;
  return entered(changed, now, 'payment-declined', { invoice: payment.invoice });
}
