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

export type CallListener = (call: Call, request: PartRequest, answer: PartAnswer | undefined) => void;

/** Every call that went through the counting proxy, in the order of their ends. Kept without bodies; listeners see those. */
export class CallLog {
  readonly #calls: Call[] = [];
  readonly #counts = new Map<string, number>();
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
    for (const listener of this.#listeners) listener(call, request, answer);
  }

  list(): readonly Call[] {
    return this.#calls;
  }

  onCall(listener: CallListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets all calls and counts from 1 again. */
  reset(): void {
    this.#calls.length = 0;
    this.#counts.clear();
  }
}
