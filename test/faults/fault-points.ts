import type { Fault } from '#infra/local/gateway/fault-plan.ts';
import { addressOf, type MadeCall } from './disturbance.ts';

/** What is done to one subject, mostly to one call of it. */
export interface FaultPoint {
  readonly function: string;
  /** `rating DynamoDB.PutItem ledger account#faulty period#day 3 in part 2 #1 killed after it` */
  readonly name: string;
  /** Of the flow, from 1. */
  readonly part: number;
  /** The first is the point; the others hit the SDK's repeats of the same call. */
  readonly faults: readonly (readonly [address: string, fault: Fault])[];
  /** The call is made for everybody, so nobody else may have a fault in the run. */
  readonly isForAll: boolean;
  /** In which of its invocations for this subject in this part the function has a new environment, from 1. */
  readonly coldAt?: number;
  /** How Stripe delivers in that run. */
  readonly webhooks?: { readonly duplicate: boolean; readonly reorder: boolean };
}

const READS = /^(DynamoDB\.(GetItem|BatchGetItem|Query)|S3\.GetObject|SSM\.GetParameter|Stripe\.GET )/;

/** How often a call is made before its failure is the function's: by the AWS SDK and by Stripe's. */
const ATTEMPTS = 3;

const DELIVERY = 'Queue.Delivery';
const CLAIMED = /^ledger event#\{[^}]+\} event$/;

export interface MadeCalls {
  /** By environments that were new at the beginning. */
  readonly made: readonly MadeCall[];
  /** By environments that were new each time: there everything that one keeps is read each time. */
  readonly madeCold: readonly MadeCall[];
}

/**
 * Every death and every lost answer for the calls of one function, in their order. Reading changes nothing, so to die
 * anywhere in a row of readings is the same death: the first and the last of a row are taken (the sweeper asks every
 * shard), before the call only. What the loss of an answer does to a reading is tried once for each kind, and to what an
 * environment keeps, at the first and the last place where it is read.
 */
export function crashPoints(calls: MadeCalls): FaultPoint[] {
  const known = new Set<string>();
  const otherClaims = ownCalls(calls).filter(isClaim).slice(1);
  const points = rowsOf(ownCalls(calls).filter(call => !otherClaims.includes(call))).flatMap(row =>
    row.flatMap((call, index) => {
      const before = point(call, 'killed before it', 'kill-before');
      const isNew = !known.has(call.operation);
      known.add(call.operation);
      if (isRead(call) && !isNew) return index === 0 || index === row.length - 1 ? [before] : [];
      return [before, ...whenDone(call)];
    }),
  );
  const kept = keptKinds(calls).flatMap(({ first, last }) => [
    point(first, 'killed before it', 'kill-before'),
    ...whenDone(first),
    ...(last === undefined ? [] : [point(last, 'killed before it', 'kill-before')]),
  ]);
  return [...points, ...kept];
}

function whenDone(call: MadeCall): FaultPoint[] {
  return [
    point(call, 'killed after it', 'kill-after'),
    point(call, 'answer lost', 'drop-after'),
    repeated(call, 'every answer lost', 'drop-after'),
  ];
}

/**
 * Parts that refuse: for a moment, which SDKs bridge, at the first call of each kind; for longer, which they do not, at
 * the first and at the last.
 */
export function refusalPoints(calls: MadeCalls): FaultPoint[] {
  const own = Map.groupBy(ownCalls(calls), call => call.operation);
  return [...[...own.values()].map(endsOf), ...keptKinds(calls)].flatMap(({ first, last }) => [
    point(first, 'throttled', 'throttle'),
    ...refusedForLonger(first),
    ...(last === undefined ? [] : refusedForLonger(last)),
  ]);
}

function refusedForLonger(call: MadeCall): FaultPoint[] {
  const throttled = repeated(call, 'throttled for longer', 'throttle');
  const failing = repeated(call, 'answered 500', { status: 500 });
  if (call.operation === 'DynamoDB.TransactWriteItems') return [throttled, repeated(call, 'in conflict', 'conflict')];
  if (call.operation.startsWith('DynamoDB.')) return [throttled];
  if (!call.operation.startsWith('Stripe.')) return [throttled, failing];
  return [throttled, failing, repeated(call, 'done and answered 500', { status: 500, after: true })];
}

/** Deliveries of a queue that succeed and come again all the same. */
export function redeliveryPoints({ made }: MadeCalls): FaultPoint[] {
  return made.filter(isDelivery).map(call => point(call, 'comes again', 'redeliver'));
}

/** All of Stripe's events twice and in any order; the order is another one for each subject. */
export function shuffledWebhooks(nth: number): FaultPoint {
  return {
    function: 'stripe-events',
    name: `webhooks doubled and reordered, ${nth}`,
    part: 1,
    faults: [],
    isForAll: false,
    webhooks: { duplicate: true, reorder: true },
  };
}

function point(call: MadeCall, what: string, fault: Fault): FaultPoint {
  return pointAt(call, what, [fault]);
}

function repeated(call: MadeCall, what: string, fault: Fault): FaultPoint {
  const faults = Array.from({ length: ATTEMPTS }, () => fault);
  return pointAt(call, what, faults);
}

function pointAt(call: MadeCall, what: string, faults: readonly Fault[]): FaultPoint {
  return {
    function: call.function,
    name: `${addressOf(call)} ${what}`,
    part: call.part,
    faults: faults.map((fault, attempt) => [addressOf({ ...call, nth: call.nth + attempt }), fault] as const),
    isForAll: call.owner === '',
    ...(call.invocation !== undefined && { coldAt: call.invocation }),
  };
}

/** All but deliveries, and but what only new environments ask for. */
function ownCalls({ made }: MadeCalls): MadeCall[] {
  return made.filter(call => !isDelivery(call) && call.invocation === undefined);
}

function keptKinds({ madeCold }: MadeCalls) {
  const kept = madeCold.filter(({ invocation }) => invocation !== undefined);
  return [...Map.groupBy(kept, ({ operation, cause }) => `${operation} ${cause}`).values()].map(endsOf);
}

function endsOf(calls: readonly MadeCall[]): { first: MadeCall; last: MadeCall | undefined } {
  const [first, ...others] = calls;
  if (first === undefined) throw new Error('A kind of call has one at least.');
  return { first, last: others.at(-1) };
}

/** Readings that follow on each other are one row, every writing is one of its own. */
function rowsOf(calls: readonly MadeCall[]): MadeCall[][] {
  const rows: MadeCall[][] = [];
  for (const call of calls) {
    const row = rows.at(-1);
    const [last] = row ?? [];
    if (row !== undefined && last !== undefined && isRead(last) && isRead(call)) row.push(call);
    else rows.push([call]);
  }
  return rows;
}

function isRead(call: MadeCall): boolean {
  return READS.test(call.operation);
}

/**
 * An event is claimed before anybody looks of what type it is: what happens when that call fails is the same for each,
 * and is tried with the first.
 */
function isClaim({ operation, cause, nth }: MadeCall): boolean {
  return operation === 'DynamoDB.UpdateItem' && CLAIMED.test(cause) && nth === 1;
}

function isDelivery(call: MadeCall): boolean {
  return call.operation === DELIVERY;
}
