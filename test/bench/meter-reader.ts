import * as z from 'zod';
import type { Call } from '#infra/local/gateway/call-log.ts';
import type { PartAnswer } from '#infra/local/gateway/exchange.ts';
import type { EndedInvocation } from '#infra/local/runtime/function-pool.ts';
import { Consumption } from './consumption.ts';

/** A function has a core of its own from this memory on, below it a share in proportion (Lambda, "Configure memory"). */
const FULL_CORE_MB = 1_769;
/** Whoever is not a function. */
const OUTSIDE = 'outside';
const KB = 1_024;
export const QUEUE_CHUNK = 64 * KB;
const API_CHUNK = 512 * KB;
const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'];
/** Woken by a queue: Lambda's pollers receive and delete in their name. */
const ON_QUEUES = ['usage-intake', 'rating', 'stripe-events', 'bill-render', 'notices', 'mail-feedback', 'dunning'];
const ON_SCHEDULES = ['sweeper', 'missed-events', 'usage-audit', 'case-watch'];
const BEHIND_API = ['usage-api', 'account-api', 'stripe-webhook', 'pages'];
/** Each mail is reported as sent, and as what became of it, to a topic with one queue. */
const REPORTS_PER_MAIL = 2;

const Capacity = z.object({ CapacityUnits: z.number() });
const Consumed = z.object({ ConsumedCapacity: z.union([Capacity, z.array(Capacity)]).optional() });

/** What each function used, as AWS would count it. */
export class MeterReader {
  private readonly functions = new Map<string, Consumption>();
  /** By function and call, as `rating GET /v1/invoices`. */
  private stripe = new Map<string, number>();

  /** By short name. */
  of(functionName: string): Consumption {
    const known = this.functions.get(functionName) ?? new Consumption();
    this.functions.set(functionName, known);
    return known;
  }

  /** Of all but these. */
  others(functionNames: readonly string[]): Consumption {
    return [...this.functions]
      .filter(([name]) => !functionNames.includes(name))
      .reduce((sum, [, used]) => sum.plus(used), new Consumption());
  }

  /** `GET /v1/invoices` → how often. */
  stripeCalls(functionName: string): ReadonlyMap<string, number> {
    const prefix = `${functionName} `;
    const calls = [...this.stripe].filter(([key]) => key.startsWith(prefix));
    return new Map(calls.map(([key, count]) => [key.slice(prefix.length), count]));
  }

  get allStripeCalls(): number {
    return [...this.stripe.values()].reduce((sum, count) => sum + count, 0);
  }

  reset(): void {
    this.functions.clear();
    this.stripe = new Map();
  }

  heard(call: Call, answer: PartAnswer | undefined): void {
    if (call.function === OUTSIDE) return;
    const used = this.of(call.function);
    const [service = '', ...operation] = call.operation.split('.');
    const what = operation.join('.');
    switch (service) {
      case 'DynamoDB':
        used.add(READS.includes(what) ? 'readUnits' : 'writeUnits', unitsOf(answer));
        break;
      case 'SQS':
        used.add('queueRequests', chunks(call.requestBytes, QUEUE_CHUNK));
        break;
      case 'S3':
        used.add(what === 'GetObject' ? 'objectGets' : 'objectPuts', 1);
        break;
      case 'SSM':
        used.add('decryptions', 1);
        break;
      case 'SES':
        used.add('mails', 1);
        used.add('notifications', REPORTS_PER_MAIL);
        break;
      case 'Operator':
        // The operator's own, over the internet; nothing that AWS counts but bytes.
        break;
      case 'Stripe':
        this.stripe.set(`${call.function} ${what}`, (this.stripe.get(`${call.function} ${what}`) ?? 0) + 1);
        break;
      default:
        throw new Error(`Nobody knows what ${call.operation} costs.`);
    }
  }

  invoked({ function: spec, eventBytes, durationMs, busyMs }: EndedInvocation): void {
    const used = this.of(spec.name);
    used.add('invocations', 1);
    const gigabytes = spec.memoryMb / 1_024;
    used.add('gbSeconds', (Math.ceil(durationMs) / 1_000) * gigabytes);
    used.add('slowerGbSeconds', (busyMs / 1_000) * gigabytes * Math.max(0, FULL_CORE_MB / spec.memoryMb - 1));
    if (ON_QUEUES.includes(spec.name)) used.add('queueRequests', chunks(eventBytes, QUEUE_CHUNK) + 1);
    if (ON_SCHEDULES.includes(spec.name)) used.add('scheduled', 1);
    if (BEHIND_API.includes(spec.name)) used.add('apiRequests', chunks(eventBytes, API_CHUNK));
  }

  logged(functionName: string, text: string): void {
    this.of(functionName).add('logBytes', Buffer.byteLength(text));
  }
}

export function chunks(bytes: number, size: number): number {
  return Math.max(1, Math.ceil(bytes / size));
}

/** A write whose condition does not hold is refused without saying that it consumed a unit (small items). */
export function unitsOf(answer: PartAnswer | undefined): number {
  if (answer === undefined) return 0;
  const { ConsumedCapacity: consumed } = Consumed.parse(JSON.parse(answer.body.toString()));
  if (consumed === undefined) return answer.status === 200 ? failToCount() : 1;
  return [consumed].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
}

function failToCount(): never {
  throw new Error('A table did not say what a request consumed.');
}
