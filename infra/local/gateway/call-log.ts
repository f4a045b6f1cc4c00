import type { Instant } from '#shared/platform/instant.ts';
import type { PartAnswer, PartRequest } from './exchange.ts';
import type { CallAddress, Fault } from './fault-plan.ts';

/** One call of a function to a part. */
export interface Call {
  readonly address: CallAddress;
  readonly function: string;
  /** `DynamoDB.UpdateItem`, `Stripe.POST /v1/billing/meter_events`. */
  readonly operation: string;
  /** Counts from 1 per function and operation since the last reset. */
  readonly nth: number;
  /** Domain time. */
  readonly at: Instant;
  readonly fault?: Fault;
  /** Status of the part's answer; absent when it was not asked. */
  readonly status?: number;
  readonly requestBytes: number;
  readonly answerBytes: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'].map(inTable));

export type CallListener = (call: Call, request: PartRequest, answer: PartAnswer | undefined) => void;

/** Every call that went through the counting proxy, in the order of their ends. Kept without bodies; listeners see those. */
export class CallLog {
  readonly #calls: Call[] = [];
  readonly #counts = new Map<string, number>();
  readonly #writes = new Map<string, number>();
  readonly #listeners = new Set<CallListener>();

  /** The address of the next call of this kind. */
  count(functionName: string, operation: string): { address: CallAddress; nth: number } {
    const kind = `${functionName} ${operation}`;
    const nth = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, nth);
    return { address: `${kind} #${nth}`, nth };
  }

  add(call: Call, request: PartRequest, answer: PartAnswer | undefined): void {
    this.#calls.push(call);
    if (call.status === 200 && WRITES.has(call.operation)) {
      this.#writes.set(call.function, (this.#writes.get(call.function) ?? 0) + 1);
    }
    for (const listener of this.#listeners) listener(call, request, answer);
  }

  list(): readonly Call[] {
    return this.#calls;
  }

  onCall(listener: CallListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How often anybody but this function has changed a table so far, also before a reset. */
  writesOfOthers(functionName: string): number {
    let sum = 0;
    for (const [name, count] of this.#writes) if (name !== functionName) sum += count;
    return sum;
  }

  /** Forgets all calls and counts from 1 again. */
  reset(): void {
    this.#calls.length = 0;
    this.#counts.clear();
  }
}

function inTable(operation: string): string {
  return `DynamoDB.${operation}`;
}
