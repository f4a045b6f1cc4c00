import type { Call } from '#infra/local/gateway/call-log.ts';
import type { CallAddress, Fault } from '#infra/local/gateway/fault-plan.ts';

/** What is done to one call of one run. */
export interface FaultPoint {
  readonly function: string;
  /** `rating DynamoDB.UpdateItem #3 killed after it` */
  readonly name: string;
  /** The first is the point; the others hit the SDK's repeats of the same call. */
  readonly faults: readonly (readonly [CallAddress, Fault])[];
}

const READS = /^(DynamoDB\.(GetItem|BatchGetItem|Query)|S3\.GetObject|SSM\.GetParameter|Stripe\.GET )/;

/** How often a call is made before its failure is the function's: by the AWS SDK and by Stripe's. */
const ATTEMPTS = 3;

/**
 * Every death and every lost answer for these calls. Where nothing is written the moments before and after are the same
 * and a lost answer is a slow one: of a reading call only the death before it is taken, the rest once for each kind.
 */
export function crashPoints(calls: readonly Call[]): FaultPoint[] {
  const known = new Set<string>();
  return thinned(calls).flatMap(call => {
    const before = point(call, 'killed before it', 'kill-before');
    const after = point(call, 'killed after it', 'kill-after');
    const lost = point(call, 'answer lost', 'drop-after');
    const silent = repeated(call, 'every answer lost', 'drop-after');
    if (!READS.test(call.operation)) return [before, after, lost, silent];
    if (known.has(call.operation)) return [before];
    known.add(call.operation);
    return [before, after, lost, silent];
  });
}

/** Parts that refuse: for a moment, which SDKs bridge, and for longer, which they do not. The first and the last call of each kind. */
export function refusalPoints(calls: readonly Call[]): FaultPoint[] {
  return firstAndLast(calls).flatMap(call => {
    const [service] = call.operation.split('.');
    const throttled = [point(call, 'throttled', 'throttle'), repeated(call, 'throttled for longer', 'throttle')];
    if (service === 'Stripe') {
      return [
        ...throttled,
        repeated(call, 'answered 500', { status: 500 }),
        repeated(call, 'done and answered 500', { status: 500, after: true }),
      ];
    }
    if (call.operation === 'DynamoDB.TransactWriteItems')
      return [...throttled, repeated(call, 'in conflict', 'conflict')];
    if (service === 'DynamoDB') return throttled;
    return [...throttled, repeated(call, 'answered 500', { status: 500 })];
  });
}

/** Deliveries of a queue that succeed and come again all the same. */
export function redeliveryPoints(functionName: string, deliveries: number): FaultPoint[] {
  return Array.from({ length: deliveries }, (_, index) => {
    const address = `${functionName} Queue.Delivery #${index + 1}`;
    return { function: functionName, name: `${address} comes again`, faults: [[address, 'redeliver']] };
  });
}

function point(call: Call, what: string, fault: Fault): FaultPoint {
  return { function: call.function, name: `${call.address} ${what}`, faults: [[call.address, fault]] };
}

function repeated(call: Call, what: string, fault: Fault): FaultPoint {
  const address = (attempt: number) => `${call.function} ${call.operation} #${call.nth + attempt}`;
  const faults = Array.from({ length: ATTEMPTS }, (_, attempt) => [address(attempt), fault] as const);
  return { function: call.function, name: `${call.address} ${what}`, faults };
}

/** The sweeper asks every shard: of more than three like readings in a row the first, the middle and the last are left. */
function thinned(calls: readonly Call[]): Call[] {
  const rows: Call[][] = [];
  for (const call of calls) {
    const row = rows.at(-1);
    if (row?.[0]?.operation === call.operation && READS.test(call.operation)) row.push(call);
    else rows.push([call]);
  }
  return rows.flatMap(row => {
    if (row.length <= 3) return row;
    return [row[0], row[row.length >> 1], row.at(-1)].filter(call => call !== undefined);
  });
}

function firstAndLast(calls: readonly Call[]): Call[] {
  const kinds = Map.groupBy(calls, call => call.operation);
  return [...kinds.values()].flatMap(of => [...new Set([of[0], of.at(-1)])].filter(call => call !== undefined));
}
