import type { DunningPolicy, ServiceRestriction, StepText } from '#shared/catalog/dunning-policy.ts';
import type { Channel } from '#shared/contact/channels.ts';
import { nextOpening } from '#shared/messages/order/next-opening.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { compare, decimal, shift } from '#shared/money/decimal.ts';
import { DAY, earliest, HOUR, type Instant } from '#shared/platform/instant.ts';
import { type Debt, totalOf } from './debt.ts';
import { noticeFor } from './decline-class.ts';
import { type Announced, type Closing, type DunningCase, isOpen } from './dunning-case.ts';
import { promiseStatus } from './promise.ts';
import { type PlannedPart, timeline } from './timeline.ts';

/** Delivery reports come by themselves, but do not wake the case: a restriction that only waits for one asks for it. */
const ASK_FOR_DELIVERY = HOUR;
/** How long a delivery report is waited for; later none comes. */
const DELIVERED_WITHIN = 7 * DAY;
/** How often a case is looked at without a reason, so that a lost event or a new policy is noticed. */
const LOOK_ANYWAY = 7 * DAY;

/** What the service loses next, as messages announce it. */
export interface ComingRestriction {
  readonly action: ServiceRestriction;
  readonly at: Instant;
}

export type DunningAction =
  | { readonly do: 'open' }
  | { readonly do: 'freeze' | 'thaw' | 'end-hold' | 'end-exemption' | 'keep-promise' | 'break-promise' }
  | {
      readonly do: 'message';
      readonly step: string;
      readonly text: StepText;
      readonly channels: readonly Channel[];
      readonly coming: ComingRestriction | null;
      /** An extra notice, outside of the policy's steps: what it is sent for. */
      readonly asks?: string;
      /** Of a step: the extra notice that it says as well, so that one matter is one message. */
      readonly saysToo?: string;
    }
  | { readonly do: 'service'; readonly step: string; readonly restriction: ServiceRestriction }
  | { readonly do: 'collections' | 'write-off'; readonly step: string }
  /** Charges an invoice to a payment method that was not tried on it. */
  | { readonly do: 'pay'; readonly invoice: string; readonly paymentMethod: string }
  | { readonly do: 'restore' }
  | { readonly do: 'confirm-payment'; readonly channels: readonly Channel[] }
  | { readonly do: 'close'; readonly as: Closing };

/**
 * What a dunning run does, and when the next one is.
 *
 * @example An invoice that failed on day 0, under a policy with a notice at once and a throttled service on day 8 that
 * needs a notice of 3 days. On day 0:
 *
 *     { actions: [{ do: 'open' }, { do: 'message', step: 'notice', ... }], next: { step: 'slow', at: day 8 }, lookAt: day 0 }
 *
 * `lookAt` is now, because actions change what there is to decide. On day 8, when the notice was delivered on day 1:
 *
 *     { actions: [{ do: 'service', step: 'slow', restriction: 'throttle' }], next: ..., lookAt: day 8 }
 */
export interface Decision {
  /** In this order. */
  readonly actions: readonly DunningAction[];
  /** The next step that is foreseen. */
  readonly next: Announced | undefined;
  /** When to decide again if nothing happens before; `undefined`: when something happens. */
  readonly lookAt: Instant | undefined;
}

/**
 * What is to be done about an account's debt now, and when to look again. Steps are taken by the policy's `after` from
 * the oldest unpaid due moment, each part once, inside the window (`timeline.ts`).
 *
 * - Held, exempt, frozen by a dispute, promised: nothing, whatever is due. A promise that is broken resumes.
 * - Paid, by any method: the service is restored, the payment confirmed once, the case closed; also while it is paused.
 * - A payment under way: its invoice is left alone, and the case is not ended.
 * - A new payment method is tried once on each invoice before anything else; while that cannot be sent, for an hour at
 *   most, the service is not restricted.
 *
 * What happens to the service depends on the whole debt at this moment. `policy` is `undefined` where the catalog
 * has none for the account: no case is opened then, but one that is paid is closed.
 */
export function decide(dunning: DunningCase, debt: Debt, policy: DunningPolicy | undefined, now: Instant): Decision {
  const total = totalOf(debt.unpaid);
  if (total === 0n || (policy !== undefined && isBelowMinimum(total, debt.currency, policy))) {
    const isWaiting = debt.underWay.length > 0;
    const actions = [...endedPauses(dunning, now), ...(isWaiting ? [] : settled(dunning, total, policy))];
    const lookAt = earliest([debt.nextDueAt, dunning.hold?.until, dunning.exempt?.until, lookAnyway(total, now)]);
    return { actions, next: undefined, lookAt: actions.length > 0 ? now : lookAt };
  }
  if (policy === undefined) {
    return { actions: [], next: undefined, lookAt: earliest([debt.nextDueAt, lookAnyway(total, now)]) };
  }

  const turns = turnsOf(dunning, debt, now);
  const paused = pauseOf(dunning, debt, turns, now);
  const mayOpen = paused === undefined || paused.by === 'dispute';
  const opening: DunningAction[] = isOpen(dunning) || !mayOpen ? [] : [{ do: 'open' }];
  if (paused !== undefined) {
    const lookAt = earliest([paused.until, debt.nextDueAt, now + LOOK_ANYWAY]);
    return { actions: [...opening, ...turns], next: undefined, lookAt };
  }
  const currentCase = opening.length === 0 ? dunning : { ...dunning, taken: [], notices: [], asked: [], payments: [] };
  const payments = paymentsToTry(currentCase, debt);
  if (payments.length > 0) return { actions: [...opening, ...turns, ...payments], next: undefined, lookAt: now };
  const { actions, next, lookAt } = steps(currentCase, debt, policy, now);
  // No restriction before the case is on record: should that break off, it would not be known what to give back.
  const begun = opening.length === 0 ? actions : actions.filter(action => action.do !== 'service');
  return { actions: [...opening, ...turns, ...begun], next, lookAt };
}

function lookAnyway(total: bigint, now: Instant): Instant | undefined {
  return total > 0n ? now + LOOK_ANYWAY : undefined;
}

function isBelowMinimum(total: bigint, currency: string, { minimumDebt }: DunningPolicy): boolean {
  const minimum = minimumDebt[currency];
  if (minimum === undefined) return false;
  return compare({ digits: total, scale: 0 }, shift(decimal(minimum), minorDigits(currency))) < 0;
}

/** Nothing is owed any more, or too little to ask for. */
function settled(dunning: DunningCase, total: bigint, policy: DunningPolicy | undefined): DunningAction[] {
  const restore: DunningAction[] = dunning.measures.length === 0 ? [] : [{ do: 'restore' }];
  const isThanked = dunning.thanked || dunning.paid <= 0n;
  const thank: DunningAction[] = isThanked ? [] : [{ do: 'confirm-payment', channels: firstChannels(policy) }];
  const isBadDebt = dunning.writtenOff.length > 0;
  if (!isOpen(dunning)) {
    // A bad debt that was paid after all.
    const isMadeGood = dunning.closedAs === 'written-off' && !isBadDebt && total === 0n;
    return isMadeGood ? [...restore, ...thank] : [];
  }
  if (isBadDebt) return [{ do: 'close', as: 'written-off' }];
  if (total > 0n) return [...restore, ...thank, { do: 'close', as: 'below-minimum' }];
  return dunning.paid > 0n
    ? [...restore, ...thank, { do: 'close', as: 'paid' }]
    : [...restore, { do: 'close', as: 'void' }];
}

function firstChannels(policy: DunningPolicy | undefined): readonly Channel[] {
  return policy?.steps.find(({ text }) => text !== null)?.channels ?? ['email'];
}

type Turn = 'freeze' | 'thaw' | 'end-hold' | 'end-exemption' | 'keep-promise' | 'break-promise';

/** What changed by itself since the last look. */
function turnsOf(dunning: DunningCase, debt: Debt, now: Instant): { readonly do: Turn }[] {
  const turns = endedPauses(dunning, now);
  if (debt.disputed !== dunning.frozen) turns.push({ do: debt.disputed ? 'freeze' : 'thaw' });
  const promise = promiseStatus(dunning, now);
  if (promise === 'kept') turns.push({ do: 'keep-promise' });
  if (promise === 'broken') turns.push({ do: 'break-promise' });
  return turns;
}

function endedPauses({ hold, exempt }: DunningCase, now: Instant): { readonly do: Turn }[] {
  const ended: { readonly do: Turn }[] = [];
  if (isOver(hold, now)) ended.push({ do: 'end-hold' });
  if (isOver(exempt, now)) ended.push({ do: 'end-exemption' });
  return ended;
}

function isOver(pause: DunningCase['hold'], now: Instant): boolean {
  return pause?.until !== undefined && pause.until <= now;
}

interface Paused {
  readonly by: 'person' | 'dispute' | 'promise';
  readonly until: Instant | undefined;
}

function pauseOf(
  { hold, exempt, promise }: DunningCase,
  debt: Debt,
  turns: readonly { readonly do: Turn }[],
  now: Instant,
): Paused | undefined {
  const has = (turn: Turn) => turns.some(each => each.do === turn);
  const pauses = [has('end-hold') ? undefined : hold, has('end-exemption') ? undefined : exempt];
  const lasting = pauses.filter(pause => pause !== undefined);
  if (lasting.length > 0) return { by: 'person', until: earliest(lasting.map(({ until }) => until)) };
  if (debt.disputed) return { by: 'dispute', until: undefined };
  if (promise === undefined || has('keep-promise') || has('break-promise')) return undefined;
  return { by: 'promise', until: earliest(promise.payments.map(({ by }) => by).filter(by => by > now)) };
}

function paymentsToTry({ payments }: DunningCase, { unpaid }: Debt): DunningAction[] {
  return unpaid.flatMap(({ invoice, newPaymentMethod }) => {
    if (newPaymentMethod === undefined) return [];
    const wasTried = payments.some(tried => tried.invoice === invoice && tried.way === newPaymentMethod);
    return wasTried ? [] : [{ do: 'pay' as const, invoice, paymentMethod: newPaymentMethod }];
  });
}

function steps(dunning: DunningCase, debt: Debt, policy: DunningPolicy, now: Instant): Decision {
  const oldest = Math.min(...debt.unpaid.map(({ dueAt }) => dueAt));
  const parts = timeline(policy, dunning, { oldest, timezone: debt.timezone, now });
  const opensAt = nextOpening(policy.window, debt.timezone, now);
  const isDue = ({ at, state }: PlannedPart) => state === 'planned' && at <= now;
  const due = parts.filter(isDue);
  const coming = comingRestriction(parts, now);

  const asks = noticesToAsk(dunning, debt, firstChannels(policy), coming);
  const isTrying = isBeingCharged(dunning, debt, now);
  const service = isTrying ? undefined : due.find(({ part }) => part === 'service');
  const messages = due.filter(({ part }) => part === 'message').flatMap(part => messageOf(part, coming));
  const actions: DunningAction[] = [
    ...(opensAt <= now ? withAsks(messages, asks) : messages),
    // One at a time: the next one is decided anew, when this one is in force.
    ...(service === undefined ? [] : serviceOf(service)),
    ...(isTrying || debt.underWay.length > 0 ? [] : due.filter(({ part }) => part === 'end').flatMap(endOf)),
  ];
  const ahead = parts.filter(part => part.state !== 'taken' && !isDue(part));
  const isOnItsWay = dunning.notices.some(
    ({ orderedAt, deliveredAt }) => deliveredAt === undefined && now - orderedAt < DELIVERED_WITHIN,
  );
  const waiting = isOnItsWay ? ahead.filter(({ state }) => state === 'waits-for-delivery') : [];
  const asksLater = asks.length > 0 && opensAt > now ? opensAt : undefined;
  const lookAt = earliest([
    ...ahead.filter(({ state }) => state === 'planned').map(({ at }) => at),
    ...waiting.map(({ from }) => Math.max(from, now + ASK_FOR_DELIVERY)),
    asksLater,
    debt.nextDueAt,
    now + LOOK_ANYWAY,
  ]);
  return { actions, next: announced(ahead), lookAt: actions.length > 0 ? now : lookAt };
}

/** Who gave a new card is not restricted because the provider is busy for a moment. */
const CHARGED_WITHIN = HOUR;

function isBeingCharged({ payments }: DunningCase, { unpaid }: Debt, now: Instant): boolean {
  return payments.some(
    ({ invoice, outcome, attempt, trouble }) =>
      outcome === undefined &&
      trouble?.isFinal !== true &&
      now < attempt.since + CHARGED_WITHIN &&
      unpaid.some(each => each.invoice === invoice),
  );
}

type MessageAction = DunningAction & { readonly do: 'message' };

function messageOf({ step }: PlannedPart, coming: ComingRestriction | null): MessageAction[] {
  if (step.text === null) return [];
  return [{ do: 'message', step: step.id, text: step.text, channels: step.channels, coming }];
}

function serviceOf({ step }: PlannedPart): DunningAction[] {
  return step.service === null ? [] : [{ do: 'service', step: step.id, restriction: step.service }];
}

function endOf({ step }: PlannedPart): DunningAction[] {
  return step.do === 'collections' || step.do === 'write-off' ? [{ do: step.do, step: step.id }] : [];
}

/**
 * One matter, one message: a step that is due together with an extra notice says both. The first word about a refused
 * payment is then what helps; reminders and final notices keep their tone, and their link offers every way to pay.
 */
function withAsks(messages: readonly MessageAction[], asks: readonly AskingAction[]): MessageAction[] {
  const [step, ...steps] = messages;
  const [ask, ...others] = asks;
  if (step === undefined || ask === undefined) return [...messages, ...asks];
  const text = step.text === 'payment-failed' ? ask.text : step.text;
  return [{ ...step, text, saysToo: ask.asks }, ...steps, ...others];
}

type AskingAction = MessageAction & { readonly asks: string };

/** Once per payment method: the subscriber has to do something, and time alone does not help. */
function noticesToAsk(
  { asked }: DunningCase,
  { unpaid }: Debt,
  channels: readonly Channel[],
  coming: ComingRestriction | null,
): AskingAction[] {
  const actions: AskingAction[] = [];
  for (const { decline } of unpaid) {
    const text = decline && noticeFor(decline.reason);
    if (text === undefined) continue;
    const asks = `${text}:${decline?.paymentMethod ?? 'none'}`;
    if (asked.includes(asks) || actions.some(action => action.asks === asks)) continue;
    actions.push({ do: 'message', step: text, text, channels, coming, asks });
  }
  return actions;
}

/** The first restriction that is still to come; one that is due now is as good as taken. */
function comingRestriction(parts: readonly PlannedPart[], now: Instant): ComingRestriction | null {
  const isComing = ({ state, at }: PlannedPart) => state !== 'taken' && !(state === 'planned' && at <= now);
  const coming = parts.find(each => each.part === 'service' && isComing(each));
  return coming === undefined || coming.step.service === null ? null : { action: coming.step.service, at: coming.at };
}

function announced(ahead: readonly PlannedPart[]): Announced | undefined {
  const [first] = ahead.toSorted((a, b) => a.at - b.at);
  if (first === undefined) return undefined;
  const { step, part, at } = first;
  const action = part === 'message' ? step.text : part === 'service' ? step.service : step.do;
  return { at, action: action ?? step.id, step: step.id };
}
