import { identityOf, isRepeatable, nextAttempt, usesUp } from '#shared/accounts/provisioning/attempt.ts';
import { backOff } from '#shared/platform/due.ts';
import type { Trouble } from '#shared/platform/due-work.ts';
import { Failure } from '#shared/platform/failure.ts';
import { DAY, earliest, type Instant } from '#shared/platform/instant.ts';
import type { Debt } from './debt.ts';
import { caseId, type DunningCase, type RetriedPayment, type SendTrouble, type WrittenOff } from './dunning-case.ts';
import type { Receivables } from './receivables.ts';
import { withDecline } from './settle-payments.ts';

// What was written down is sent, and what came of it is written down:
//
//   case: payment of in_1 by card_2, attempt 0 ──▶ in_1 as it is now ──▶ paid, void, refused by the bank: that is the outcome
//        ──▶ owed ──▶ provider: pay, identity of attempt 0 ──▶ case: paid | declined | pending
//                       busy, silent, down:      again with back-off, as long as it is owed; a case for a person after a day
//                       kept under the identity: again as attempt 1                                   (`attempt.ts`)
//                       refused for good:        a case for a person, and again every day
//
// - Crash or silence anywhere: the invoice says what came of it. Where it says nothing, nothing was charged: it is paid
//   once, whoever pays it, and a decline stands on it.
// - Nothing of this keeps the case from being followed: what is paid meanwhile is given back, and the case closed.

/** Keeps the case after each send; raises when the lease is lost. */
export type Keep = (dunning: DunningCase) => Promise<void>;

export interface Sent {
  readonly dunning: DunningCase;
  /** Something was answered, so that what was read before is out of date. */
  readonly isNews: boolean;
}

/** Sends what is due of what the case has written down. `debt`: as it was read in this run. */
export async function sendDue(
  receivables: Receivables,
  dunning: DunningCase,
  debt: Debt,
  keep: Keep,
  now: Instant,
): Promise<Sent> {
  let sent: Sent = { dunning, isNews: false };
  const isDue = ({ trouble }: Unsent) => (trouble?.dueAt ?? now) <= now;
  for (const payment of openPayments(dunning, debt).filter(isDue)) {
    // Another one of this run may have shown that it cannot succeed.
    if (isStillOpen(sent.dunning, payment)) sent = await sendPayment(receivables, sent, payment, keep, now);
  }
  for (const given of openWriteOffs(dunning).filter(isDue)) {
    sent = await sendWriteOff(receivables, sent, given, keep, now);
  }
  return sent;
}

/** When something is due to be sent; `undefined`: nothing waits. */
export function nextSendAt(dunning: DunningCase, debt: Debt): Instant | undefined {
  const waiting = [...openPayments(dunning, debt), ...openWriteOffs(dunning)];
  return earliest(waiting.map(({ trouble }) => trouble?.dueAt));
}

/** So long something may go unsent before a person hears of it. */
const PATIENCE = DAY;

/** What a person has to look at: a refusal before what only takes long. */
export function sendTroubleOf(dunning: DunningCase, debt: Debt, now: Instant): Trouble | undefined {
  const waiting = [...openPayments(dunning, debt), ...openWriteOffs(dunning)].filter(({ trouble }) => trouble);
  const refused = waiting.filter(({ trouble }) => trouble?.isFinal);
  if (refused.length > 0) return { code: 'dunning-refused', detail: sendDetail(dunning, refused) };
  const late = openPayments(dunning, debt).filter(({ trouble, attempt }) => trouble && now - attempt.since > PATIENCE);
  return late.length > 0 ? { code: 'payment-waits', detail: sendDetail(dunning, late) } : undefined;
}

/** A person has dealt with what was refused: it is sent at once. */
export function withRefusedDue(dunning: DunningCase): DunningCase {
  const isFree = ({ trouble }: Unsent) => trouble?.isFinal !== true;
  if (dunning.payments.every(isFree) && dunning.writtenOff.every(isFree)) return dunning;
  const freed = <T extends Unsent>(one: T): T => (isFree(one) ? one : { ...one, trouble: undefined });
  return { ...dunning, payments: dunning.payments.map(freed), writtenOff: dunning.writtenOff.map(freed) };
}

interface Unsent {
  readonly trouble?: SendTrouble | undefined;
}

/** What is held, disputed or promised is not charged; what is under way or not owed any more need not be. */
function openPayments(dunning: DunningCase, debt: Debt): RetriedPayment[] {
  const { hold, exempt, promise, frozen, payments } = dunning;
  if (hold !== undefined || exempt !== undefined || promise !== undefined || frozen) return [];
  const owed = new Set(debt.unpaid.map(({ invoice }) => invoice));
  return payments.filter(({ outcome, invoice }) => outcome === undefined && owed.has(invoice));
}

function openWriteOffs({ writtenOff }: DunningCase): WrittenOff[] {
  return writtenOff.filter(({ done }) => !done);
}

function isStillOpen({ payments }: DunningCase, payment: RetriedPayment): boolean {
  return payments.some(each => isSame(each, payment) && each.outcome === undefined);
}

function isSame(one: RetriedPayment, other: RetriedPayment): boolean {
  return one.invoice === other.invoice && one.way === other.way;
}

async function sendPayment(
  receivables: Receivables,
  { dunning, isNews }: Sent,
  payment: RetriedPayment,
  keep: Keep,
  now: Instant,
): Promise<Sent> {
  const attempt = isRepeatable(payment.attempt, now) ? payment.attempt : nextAttempt(payment.attempt, now);
  const trying = withPayment(dunning, { ...payment, attempt });
  if (attempt !== payment.attempt) await keep(trying);
  const identity = identityOf(`${caseId(dunning)}:pay:${payment.invoice}:${payment.way}`, attempt);
  try {
    const answer = await receivables.pay(payment.invoice, payment.way, identity);
    const answered = withPayment(trying, { ...payment, attempt, trouble: undefined, outcome: answer.outcome });
    const known = answer.outcome === 'declined' ? withDecline(answered, payment, answer.reason, now) : answered;
    await keep(known);
    return { dunning: known, isNews: true };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const failed = attempt.failed || usesUp(error);
    const put = { ...payment, attempt: { ...attempt, failed }, trouble: troubleAfter(payment, error, now) };
    const waiting = withPayment(trying, put);
    await keep(waiting);
    // A refusal may mean that the invoice is not what it was.
    return { dunning: waiting, isNews: isNews || !error.retryable };
  }
}

async function sendWriteOff(
  receivables: Receivables,
  { dunning, isNews }: Sent,
  given: WrittenOff,
  keep: Keep,
  now: Instant,
): Promise<Sent> {
  const noted = (to: WrittenOff): DunningCase => ({
    ...dunning,
    writtenOff: dunning.writtenOff.map(each => (each.invoice === given.invoice ? to : each)),
  });
  const after = await receivables.writeOff(given.invoice).then(
    () => noted({ ...given, done: true, trouble: undefined }),
    (error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      return noted({ ...given, trouble: troubleAfter(given, error, now) });
    },
  );
  await keep(after);
  return { dunning: after, isNews };
}

/** A refusal is not repeated before a day has passed: only what a person does heals it. */
function troubleAfter({ trouble }: Unsent, failure: Failure, now: Instant): SendTrouble {
  const times = (trouble?.times ?? 0) + 1;
  const code = failure.facts.stripe ?? failure.code;
  return { times, code, isFinal: !failure.retryable, dueAt: failure.retryable ? backOff(times, now) : now + DAY };
}

function withPayment(dunning: DunningCase, payment: RetriedPayment): DunningCase {
  return { ...dunning, payments: dunning.payments.map(each => (isSame(each, payment) ? payment : each)) };
}

function sendDetail(dunning: DunningCase, waiting: readonly (RetriedPayment | WrittenOff)[]): Record<string, string> {
  return {
    case: caseId(dunning),
    invoices: waiting.map(({ invoice }) => invoice).join(', '),
    failure: [...new Set(waiting.map(({ trouble }) => trouble?.code ?? ''))].join(', '),
  };
}
