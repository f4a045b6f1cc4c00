import type { PeriodItem } from '#shared/accounts/period-item.ts';
import type { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { printNumbers } from '#shared/metering/four-numbers.ts';
import { retryAt } from '#shared/metering/retry-at.ts';
import { backOff, LEASE_TIME } from '#shared/platform/due.ts';
import type { Trouble } from '#shared/platform/due-work.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';
import type { ClosingFacts, Comparison } from './closing-facts.ts';
import {
  COMPARED_AFTER,
  DEADLINES,
  FINAL_IN,
  FINAL_WITHIN,
  LOOK_DAILY,
  MOMENT,
  OUTAGE,
  SHORTEST_GRACE,
} from './deadlines.ts';
import type { InvoiceDraft } from './invoice-drafts.ts';

export type ClosingAction =
  /** Finds out a fact that the next decision needs. */
  | { readonly do: 'look'; readonly at: 'sources' | 'subscription' | 'draft' | 'invoice' }
  /** Rates with consistent reads and fixes what the period is billed from. */
  | { readonly do: 'freeze' }
  /** Opens the period behind this one, which the subscription has begun. */
  | { readonly do: 'open-next'; readonly current: Period }
  /** The subscription is over: no period follows. */
  | { readonly do: 'expect-none' }
  /** Sends what the meters lack. */
  | { readonly do: 'push' }
  /** Compares the meters' summaries with what they acknowledged. */
  | { readonly do: 'confirm' }
  /** Puts charges, credits and instalments on the draft. */
  | { readonly do: 'place-adjustments'; readonly draft: string }
  /** Keeps the provider from finalising the draft by itself. */
  | { readonly do: 'hold'; readonly draft: string }
  /** Prints on the draft what it was made from, and lets it become final at that moment. */
  | { readonly do: 'release'; readonly draft: string; readonly at: Instant }
  | ({ readonly do: 'open-incident' } & Trouble)
  /** Completes the run: the period stays as it is, with an incident for as long as it does. */
  | ({ readonly do: 'wait-for-room' } & Trouble)
  /** Completes the run: the invoice is waited for. */
  | { readonly do: 'await-invoice' }
  /** Notes what was invoiced and has the bill made. */
  | { readonly do: 'order-bill'; readonly comparison: Comparison }
  /** Completes the run: the period is closed. */
  | { readonly do: 'close'; readonly invoice: string | undefined };

export interface ClosingDecision {
  /** To be carried out in this order, then decided again; none: the run is over. */
  readonly actions: readonly ClosingAction[];
  /** When to decide again once the run is over, or should it break off; `undefined`: never. */
  readonly lookAt: Instant | undefined;
}

export type PeriodToClose = Pick<
  ClosingPeriod,
  'state' | 'end' | 'frozen' | 'nextOpened' | 'next' | 'draft' | 'failures' | 'incidents' | 'subscription' | 'dueSince'
>;

/**
 * What is to be done about a period that has ended, and when to look again. `facts` are those of this run: what is
 * needed and not known yet is looked at first.
 *
 * - Nothing is sent before the period is frozen, and nothing is frozen while an expected source is silent.
 * - The draft goes through when the next period is open and every meter agrees; else it is held, if the provider would
 *   finalise it before the next run; at its deadline it goes as it is.
 * - A draft that a person stopped stays stopped, and one that a person let go is not held again.
 * - Out of reach for now: the next run tries again. Refused for good: an incident, and tried again all the same.
 * - What is too large to be frozen holds its draft until there is room for it.
 * - The next period waits for nothing of this one.
 */
export function decideClosing(period: PeriodToClose, facts: ClosingFacts, now: Instant): ClosingDecision {
  switch (period.state) {
    case 'open':
      return decideOpen(period, facts, now);
    case 'confirmed':
      return decideConfirmed(period, facts, now);
    case 'closed':
      return { actions: [], lookAt: undefined };
    default:
      return period.state satisfies never;
  }
}

function decideOpen(period: PeriodToClose, facts: ClosingFacts, now: Instant): ClosingDecision {
  const again = retryAt(period.failures + 1, now, period.end);
  const begin = period.end + DEADLINES.pages;
  if (now < begin) return { actions: [], lookAt: begin };
  if (facts.tooLarge !== undefined) return waitForRoom(period, facts, facts.tooLarge, now);
  if (period.frozen === undefined) {
    if (facts.silent === undefined) return { actions: [{ do: 'look', at: 'sources' }], lookAt: again };
    const isGivenUp = now >= period.end + DEADLINES.sources && !wasAway(period, now);
    if (facts.silent.length === 0 || isGivenUp) {
      const without = facts.silent.length === 0 ? [] : incident(period, sourceSilent(facts.silent));
      return { actions: [...without, { do: 'freeze' }], lookAt: again };
    }
    return waitForSources(period, facts, now);
  }
  const step = openNext(period, facts) ?? meterStep(facts) ?? gateStep(period, facts, now);
  if (step !== undefined) return { actions: step, lookAt: again };
  return endOfRun(period, facts, now);
}

/** Not frozen yet: the next period is opened all the same, and the draft waits too. */
function waitForSources(period: PeriodToClose, facts: ClosingFacts, now: Instant): ClosingDecision {
  const lookAt = retryAt(period.failures + 1, now, period.end);
  const step = openNext(period, facts) ?? holdStep(period, facts, now);
  if (step !== undefined) return { actions: step, lookAt };
  return { actions: incident(period, refusal(facts)), lookAt };
}

type Step = readonly ClosingAction[] | undefined;

/**
 * Never frozen, so never billed: what nobody could prove is not charged. The draft waits for a person, without a deadline,
 * and the next period goes on.
 */
function waitForRoom(
  period: PeriodToClose,
  facts: ClosingFacts,
  detail: NonNullable<ClosingFacts['tooLarge']>,
  now: Instant,
): ClosingDecision {
  const { draft, gate } = facts;
  const again = retryAt(period.failures + 1, now, period.end);
  const step = openNext(period, facts) ?? (draft === undefined ? [{ do: 'look', at: 'draft' } as const] : undefined);
  if (step !== undefined) return { actions: step, lookAt: again };
  const isFree = typeof draft === 'object' && !draft.isHeld && !draft.isByPerson;
  if (isFree && gate === undefined) return { actions: [{ do: 'hold', draft: draft.id }], lookAt: again };
  // Rated up to the limit in vain each time: seldom, once nothing can become final meanwhile.
  const isSafe = (typeof draft === 'object' && gate !== 'out-of-reach') || now >= period.end + DEADLINES.draft;
  const trouble = { do: 'wait-for-room', code: 'period-too-large', detail } as const;
  return { actions: [trouble], lookAt: isSafe && period.nextOpened ? now + LOOK_DAILY : again };
}

function openNext({ nextOpened, next, end }: PeriodToClose, facts: ClosingFacts): Step {
  if (nextOpened) return undefined;
  const current = facts.current ?? next;
  if (current === undefined) return [{ do: 'look', at: 'subscription' }];
  if (current === 'out-of-reach') return undefined;
  if (current === 'none') return [{ do: 'expect-none' }];
  return current.start < end ? undefined : [{ do: 'open-next', current }];
}

function meterStep({ meters }: ClosingFacts): Step {
  if (meters === undefined) return [{ do: 'push' }];
  return meters === 'sent' ? [{ do: 'confirm' }] : undefined;
}

/** `undefined`: there is nothing (more) to do at the gate in this run. */
function gateStep(period: PeriodToClose, facts: ClosingFacts, now: Instant): Step {
  if (facts.gate !== undefined) return undefined;
  const isThrough = period.nextOpened && facts.meters === 'agree' && facts.adjustments !== 'out-of-reach';
  if (isThrough && facts.draft === undefined && period.draft !== undefined) return letThrough(period.draft, facts, now);
  if (facts.draft === undefined) return [{ do: 'look', at: 'draft' }];
  if (typeof facts.draft === 'string') return undefined;
  if (isStopped(facts.draft)) return stopped(period, facts.draft);
  if (isThrough) return letThrough(facts.draft.id, facts, now);
  if (!isHeldLongEnough(period, now)) return holdStep(period, facts, now);
  if (facts.adjustments === undefined) return letThrough(facts.draft.id, facts, now);
  const detail = { invoice: facts.draft.id, meters: printMeters(facts), adjustments: facts.adjustments };
  return [...incident(period, { code: 'gate-deadline', detail }), release(facts.draft.id, now)];
}

function isStopped({ isHeld, isByPerson }: InvoiceDraft): boolean {
  return isHeld && isByPerson;
}

/** `undefined`: that was told before. */
function stopped(period: PeriodToClose, { id }: InvoiceDraft): Step {
  const opened = incident(period, { code: 'draft-stopped', detail: { invoice: id } });
  return opened.length === 0 ? undefined : opened;
}

function isHeldLongEnough(period: PeriodToClose, now: Instant): boolean {
  return now >= period.end + DEADLINES.draft && !wasAway(period, now);
}

function printMeters({ meters }: ClosingFacts): string {
  return meters === undefined || meters === 'out-of-reach' ? 'waiting' : meters;
}

/** Held only if it would be final before the next run has had its turn: then it is not left to us longer than needed. */
function holdStep(period: PeriodToClose, { draft, gate }: ClosingFacts, now: Instant): Step {
  if (draft === undefined) return [{ do: 'look', at: 'draft' }];
  if (typeof draft === 'string' || gate !== undefined || !needsHold(period, draft, now)) return undefined;
  return [{ do: 'hold', draft: draft.id }];
}

function needsHold(period: PeriodToClose, draft: InvoiceDraft, now: Instant): boolean {
  const nextRun = retryAt(period.failures + 1, now, period.end);
  return !draft.isHeld && !draft.isByPerson && (draft.finalisesAt ?? now + SHORTEST_GRACE) <= nextRun + 2 * LEASE_TIME;
}

/** With everything that belongs on it. */
function letThrough(draft: string, { adjustments }: ClosingFacts, now: Instant): ClosingAction[] {
  return adjustments === undefined ? [{ do: 'place-adjustments', draft }] : [release(draft, now)];
}

/** In whole units of the provider. */
function release(draft: string, now: Instant): ClosingAction {
  return { do: 'release', draft, at: Math.ceil((now + FINAL_IN) / MOMENT) * MOMENT };
}

function endOfRun(period: PeriodToClose, facts: ClosingFacts, now: Instant): ClosingDecision {
  const isUnsettled = facts.meters === 'differ' && now >= period.end + DEADLINES.summaries;
  const isMoved = !period.nextOpened && now >= period.end + DEADLINES.nextPeriod;
  const trouble =
    refusal(facts) ??
    (isUnsettled ? { code: 'summaries-differ', detail: {} } : undefined) ??
    (isMoved ? { code: 'period-moved', detail: { subscription: period.subscription } } : undefined);
  const isSettled = facts.meters === 'agree' || facts.meters === 'stuck' || isUnsettled;
  const isThrough = isGateOpen(facts) && isSettled && period.nextOpened;
  const opened = incident(period, trouble);
  if (!isThrough) return { actions: opened, lookAt: retryAt(period.failures + 1, now, period.end) };
  const lookAt = Math.max(period.end + COMPARED_AFTER, now + FINAL_WITHIN);
  return { actions: [...opened, { do: 'await-invoice' }], lookAt };
}

/** Nothing is held for the sake of this period. */
function isGateOpen({ gate, draft }: ClosingFacts): boolean {
  return gate === 'passed' || draft === 'none';
}

function decideConfirmed(period: PeriodToClose, facts: ClosingFacts, now: Instant): ClosingDecision {
  const failures = period.failures + 1;
  const { comparison } = facts;
  if (comparison === undefined) {
    return { actions: [{ do: 'look', at: 'invoice' }], lookAt: backOff(failures, now) };
  }
  if (typeof comparison !== 'string') {
    const { differing, invoice } = comparison;
    const detail = Object.fromEntries(differing.map(numbers => [numbers.key, printNumbers(numbers)]));
    const differ = differing.length === 0 ? [] : incident(period, { code: 'numbers-differ', detail });
    const order: ClosingAction[] = facts.isBillOrdered ? [] : [{ do: 'order-bill', comparison }];
    return { actions: [...order, ...differ, { do: 'close', invoice }], lookAt: backOff(failures, now) };
  }
  // Its draft was made late, or stopped by a person.
  if (facts.draft === undefined) return { actions: [{ do: 'look', at: 'draft' }], lookAt: backOff(failures, now) };
  if (typeof facts.draft !== 'string' && isStopped(facts.draft)) {
    return { actions: stopped(period, facts.draft) ?? [], lookAt: now + LOOK_DAILY };
  }
  const isLate = now >= period.end + DEADLINES.finalInvoice;
  const isComplete = facts.adjustments !== 'out-of-reach' || isLate;
  if (typeof facts.draft !== 'string' && facts.gate === undefined && isComplete) {
    return { actions: letThrough(facts.draft.id, facts, now), lookAt: backOff(failures, now) };
  }
  const notFinal: Trouble = { code: 'invoice-not-final', detail: { subscription: period.subscription } };
  const trouble = refusal(facts) ?? (isLate ? notFinal : undefined);
  return { actions: incident(period, trouble), lookAt: isLate ? now + LOOK_DAILY : backOff(failures, now) };
}

function sourceSilent(silent: readonly string[]): Trouble {
  return { code: 'source-silent', detail: { sources: silent.join(', ') } };
}

function refusal({ refused }: ClosingFacts): Trouble | undefined {
  return refused === undefined ? undefined : { code: 'closing-refused', detail: { failure: refused } };
}

/** A summary that differs keeps its draft waiting until the deadline: that is one cause, and one case. */
const CAUSES = new Map<Trouble['code'], Trouble['code']>([['gate-deadline', 'summaries-differ']]);

/** Once per code in the life of a period. */
function incident({ incidents }: PeriodToClose, trouble: Trouble | undefined): ClosingAction[] {
  if (trouble === undefined || incidents.includes(trouble.code)) return [];
  const cause = CAUSES.get(trouble.code);
  return cause !== undefined && incidents.includes(cause) ? [] : [{ do: 'open-incident', ...trouble }];
}

/**
 * Nobody has worked for a while, so what is missing may not have been tried either: its own due items come back in the
 * same minute as this one, in no order. The deadline counts from the next run on.
 */
function wasAway({ dueSince }: Pick<PeriodItem, 'dueSince'>, now: Instant): boolean {
  return dueSince !== undefined && Date.parse(dueSince) + OUTAGE < now;
}
