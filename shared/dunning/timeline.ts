import type { DunningPolicy, DunningStep } from '#shared/catalog/dunning-policy.ts';
import { nextOpening } from '#shared/messages/order/next-opening.ts';
import { HOUR, type Instant } from '#shared/platform/instant.ts';
import type { DunningCase, Notice, PartKind, TakenPart } from './dunning-case.ts';

// When the parts of a policy's steps come, in their order:
//
//   moment of a part    oldest unpaid due moment + `after`, at the next opening of the window
//   what came late      an outage of ours, a hold, a promise: what follows a message that missed its own moment keeps
//                       the policy's own distance to it, so that nothing is made up for:
//
//        policy     notice 0 d ── reminder 5 d ── slow 8 d ── final 10 d ── stop 14 d ── agency 45 d
//        nothing was done until day 13:
//                   notice 13 d ── reminder 18 d ── slow 21 d ── final 23 d ── stop 27 d ── agency 58 d
//        held from day 9 to 13:
//                   notice 0 d ── reminder 5 d ── slow 8 d ── final 13 d ── stop 17 d ── agency 48 d
//
//                       Waiting for the window is not late: those that follow come by `after`, as the policy says.
//
//   the oldest is paid  and a newer invoice is not: what was said before that one was due did not name it. Messages begin
//                       anew for it, notices count from its due moment on; restrictions in force stay.
//
//   a restriction           also waits for a notice of the case that was delivered at least `notice` ago (where the message
//                       before it came after the restriction's own moment: one that was ordered since), and for the
//                       restrictions before it. Suspending always needs a notice.

/** Looks come by the minute, and are repeated for a while when Stripe fails: that is not a reason to move a policy. */
const PUNCTUAL = HOUR;

export interface PlannedPart {
  readonly step: DunningStep;
  readonly part: PartKind;
  /** Taken: when. Else the earliest moment from now on, as far as it can be told. */
  readonly at: Instant;
  /** The same without regard to window and notice. */
  readonly from: Instant;
  readonly state: 'taken' | 'planned' | 'waits-for-delivery' | 'waits-for-measure';
}

export interface TimelineFacts {
  /** The oldest unpaid due moment. */
  readonly oldest: Instant;
  readonly timezone: string;
  readonly now: Instant;
}

/** All parts of the policy's steps in order, with the moments at which they came or will come. */
export function timeline(policy: DunningPolicy, dunning: DunningCase, facts: TimelineFacts): PlannedPart[] {
  const planned: PlannedPart[] = [];
  for (const { step, part } of partsOf(policy)) {
    planned.push(planPart({ step, part }, planned, { policy, dunning, ...facts }));
  }
  return planned;
}

interface Planning extends TimelineFacts {
  readonly policy: DunningPolicy;
  readonly dunning: DunningCase;
}

function planPart(
  { step, part }: Pick<PlannedPart, 'step' | 'part'>,
  before: readonly PlannedPart[],
  planning: Planning,
): PlannedPart {
  const { policy, dunning, oldest, timezone, now } = planning;
  const taken = part === 'message' ? messageTaken(step, planning) : takenPart(dunning, step, part);
  if (taken !== undefined) return { step, part, at: taken.at, from: taken.at, state: 'taken' };

  const nominal = oldest + step.afterMs;
  const message = before.findLast(each => each.part === 'message');
  const paced = message !== undefined && isLate(message, planning) ? message.at + distance(message, step) : nominal;
  const open = (at: Instant) => nextOpening(policy.window, timezone, Math.max(at, now));
  if (part !== 'service') return { step, part, at: open(paced), from: paced, state: 'planned' };

  const restriction = before.findLast(each => each.part === 'service');
  const earliest = Math.max(paced, restriction?.at ?? paced);
  const overtaken = message !== undefined && message.at > nominal ? message : undefined;
  const notice = noticeReadyAt(step, dunning.notices, Math.max(oldest, overtaken?.at ?? oldest));
  if (notice === undefined) {
    // Any notice counts, the first one as well: nothing may come before the day that it announces.
    const first = overtaken ?? before.find(each => each.part === 'message');
    const noticed = Math.max(now, first?.at ?? now) + step.noticeMs;
    const at = open(Math.max(earliest, noticed));
    return { step, part, at, from: earliest, state: 'waits-for-delivery' };
  }
  const waits = restriction !== undefined && restriction.state !== 'taken';
  const at = open(Math.max(earliest, notice));
  return { step, part, at, from: earliest, state: waits ? 'waits-for-measure' : 'planned' };
}

function takenPart({ taken }: DunningCase, step: DunningStep, part: PartKind): TakenPart | undefined {
  return taken.find(each => each.step === step.id && each.part === part);
}

/** A message that the oldest unpaid invoice was named in, or that one behind it made needless. */
function messageTaken(step: DunningStep, { policy, dunning, oldest }: Planning): TakenPart | undefined {
  const told = dunning.taken.filter(({ part }) => part === 'message');
  const stepMessages = told.filter(each => each.step === step.id);
  const behind = new Set(policy.steps.slice(policy.steps.indexOf(step) + 1).map(({ id }) => id));
  const isBehind = told.some(each => behind.has(each.step) && each.at >= oldest);
  return stepMessages.find(({ at }) => at >= oldest) ?? (isBehind ? stepMessages.at(-1) : undefined);
}

function isLate({ step, at }: PlannedPart, { policy, oldest, timezone }: Planning): boolean {
  return at - nextOpening(policy.window, timezone, oldest + step.afterMs) > PUNCTUAL;
}

function distance(from: PlannedPart, to: DunningStep): number {
  return to.afterMs - from.step.afterMs;
}

/** From when on enough notice has been given; `undefined`: nothing was delivered yet that counts. */
function noticeReadyAt(step: DunningStep, notices: readonly Notice[], orderedSince: Instant): Instant | undefined {
  if (step.noticeMs === 0 && step.service !== 'suspend') return Number.NEGATIVE_INFINITY;
  const delivered = notices.flatMap(({ orderedAt, deliveredAt }) =>
    deliveredAt !== undefined && orderedAt >= orderedSince ? [deliveredAt] : [],
  );
  return delivered.length === 0 ? undefined : Math.min(...delivered) + step.noticeMs;
}

function partsOf(policy: DunningPolicy): { readonly step: DunningStep; readonly part: PartKind }[] {
  return policy.steps.flatMap(step => [
    ...(step.text === null ? [] : [{ step, part: 'message' as const }]),
    ...(step.service === null ? [] : [{ step, part: 'service' as const }]),
    ...(step.do === null ? [] : [{ step, part: 'end' as const }]),
  ]);
}
