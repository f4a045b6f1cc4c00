import type { Call } from '#infra/local/gateway/call-log.ts';
import type { CallAddress, Fault } from '#infra/local/gateway/fault-plan.ts';

/** What is done to one run, mostly to one call of it. */
export interface FaultPoint {
  readonly function: string;
  /** `rating DynamoDB.UpdateItem #3 killed after it` */
  readonly name: string;
  /** The first is the point; the others hit the SDK's repeats of the same call. */
  readonly faults: readonly (readonly [CallAddress, Fault])[];
  /** How Stripe delivers in that run. */
  readonly webhooks?: { readonly duplicate: boolean; readonly reorder: boolean };
}

const READS = /^(DynamoDB\.(GetItem|BatchGetItem|Query)|S3\.GetObject|SSM\.GetParameter|Stripe\.GET )/;

/** How often a call is made before its failure is the function's: by the AWS SDK and by Stripe's. */
const ATTEMPTS = 3;

/**
 * Every death and every lost answer for these calls of one function, in their order. Reading changes nothing, so to die
 * anywhere in a row of readings is the same death: the first and the last of a row are taken (the sweeper asks every
 * shard), before the call only. What the loss of an answer does to a reading is tried once for each kind.
 */
export function crashPoints(calls: readonly Call[]): FaultPoint[] {
  const known = new Set<string>();
  return rowsOf(calls).flatMap(row =>
    row.flatMap((call, index) => {
      const before = point(call, 'killed before it', 'kill-before');
      const isNew = !known.has(call.operation);
      known.add(call.operation);
      if (isRead(call) && !isNew) return index === 0 || index === row.length - 1 ? [before] : [];
      return [
        before,
        point(call, 'killed after it', 'kill-after'),
        point(call, 'answer lost', 'drop-after'),
        repeated(call, 'every answer lost', 'drop-after'),
      ];
    }),
  );
}

/**
 * Parts that refuse: for a moment, which SDKs bridge, at the first call of each kind; for longer, which they do not, at
 * the first and at the last.
 */
export function refusalPoints(calls: readonly Call[]): FaultPoint[] {
  const kinds = Map.groupBy(calls, call => call.operation);
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const last = others.at(-1);
    return [
      point(first, 'throttled', 'throttle'),
      ...refusedForLonger(first),
      ...(last === undefined ? [] : refusedForLonger(last)),
    ];
  });
}

function refusedForLonger(call: Call): FaultPoint[] {
  const throttled = repeated(call, 'throttled for longer', 'throttle');
  const failing = repeated(call, 'answered 500', { status: 500 });
  if (call.operation === 'DynamoDB.TransactWriteItems') return [throttled, repeated(call, 'in conflict', 'conflict')];
  if (call.operation.startsWith('DynamoDB.')) return [throttled];
  if (!call.operation.startsWith('Stripe.')) return [throttled, failing];
  return [throttled, failing, repeated(call, 'done and answered 500', { status: 500, after: true })];
}

/** Deliveries of a queue that succeed and come again all the same. */
export function redeliveryPoints(functionName: string, deliveries: number): FaultPoint[] {
  return Array.from({ length: deliveries }, (_, index) => {
    const address = `${functionName} Queue.Delivery #${index + 1}`;
    return { function: functionName, name: `${address} comes again`, faults: [[address, 'redeliver']] };
  });
}

/** All of Stripe's events twice and in any order; the order is another one in each run. */
export function shuffledWebhooks(nth: number): FaultPoint {
  const name = `webhooks doubled and reordered, ${nth}`;
  return { function: 'stripe-events', name, faults: [], webhooks: { duplicate: true, reorder: true } };
}

function point(call: Call, what: string, fault: Fault): FaultPoint {
  return { function: call.function, name: `${call.address} ${what}`, faults: [[call.address, fault]] };
}

function repeated(call: Call, what: string, fault: Fault): FaultPoint {
  const address = (attempt: number) => `${call.function} ${call.operation} #${call.nth + attempt}`;
  const faults = Array.from({ length: ATTEMPTS }, (_, attempt) => [address(attempt), fault] as const);
  return { function: call.function, name: `${call.address} ${what}`, faults };
}

/** Readings that follow on each other are one row, every writing is one of its own. */
function rowsOf(calls: readonly Call[]): Call[][] {
  const rows: Call[][] = [];
  for (const call of calls) {
    const row = rows.at(-1);
    const [last] = row ?? [];
    if (row !== undefined && last !== undefined && isRead(last) && isRead(call)) row.push(call);
    else rows.push([call]);
  }
  return rows;
}

function isRead(call: Call): boolean {
  return READS.test(call.operation);
}
