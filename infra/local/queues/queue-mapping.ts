import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import type { CallLog } from '../gateway/call-log.ts';
import type { FaultPlan } from '../gateway/fault-plan.ts';
import type { FunctionPool } from '../runtime/function-pool.ts';
import type { MappingSpec } from '../template/deployment.ts';
import { queueEvent } from './queue-event.ts';
import { type Message, type QueueService, receivedMessage } from './queue-service.ts';

/** The longest that a batching window lasts here: minutes of waiting would prove nothing more. */
const LONGEST_WINDOW_MS = 10;
const WHILE_HANDLED_SECONDS = 900;

const PartialFailure = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).default([]) });

/**
 * Brings a queue's messages to its function as the Lambda service does: in batches, again after a failure, until the
 * redrive policy moves them to the dead-letter queue. Receives only when it knows that there is something.
 */
export class QueueMapping {
  readonly #spec: MappingSpec;
  readonly #pool: FunctionPool;
  readonly #queues: QueueService;
  readonly #options: MappingOptions;
  #running = 0;
  #awake = false;
  #pumping = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(spec: MappingSpec, parts: { pool: FunctionPool; queues: QueueService }, options: MappingOptions) {
    this.#spec = spec;
    this.#pool = parts.pool;
    this.#queues = parts.queues;
    this.#options = options;
  }

  get queue(): string {
    return this.#spec.queue;
  }

  /** Nothing waits, nothing is being worked on, nothing will come again. */
  get isIdle(): boolean {
    return this.#running === 0 && !this.#pumping && this.#queues.queue(this.queue).length === 0;
  }

  /** Something was put on the queue. */
  wake(): void {
    if (this.#options.together !== undefined) return;
    this.#awake = true;
    if (!this.#pumping) this.#pump().catch(error => this.#fail(error));
  }

  /** Takes back what a run before this one had received and not finished. */
  recover(): void {
    this.#queues.queue(this.queue).recover();
    this.wake();
  }

  /**
   * Where deliveries come in turn: delivers what is there, one batch after the other, and gives back what was not done.
   * `false`: nothing was there, or the queue is served as messages come.
   */
  async deliverInTurn(): Promise<boolean> {
    const { together } = this.#options;
    if (together === undefined || this.#stopped) return false;
    const messages = this.#receive(Number.POSITIVE_INFINITY);
    for (const group of Map.groupBy(messages, ({ Body }) => together(Body)).values()) {
      for (let start = 0; start < group.length; start += this.#spec.batchSize) {
        await this.#deliver(group.slice(start, start + this.#spec.batchSize));
      }
    }
    return messages.length > 0;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      while (!this.#stopped && this.#awake && this.#running < this.#concurrency) {
        this.#awake = false;
        const batch = await this.#gather();
        if (batch.length === 0) continue;
        this.#awake = true;
        this.#running += 1;
        const delivered = this.#deliver(batch).finally(() => {
          this.#running -= 1;
          this.#options.changed();
          if (!this.#stopped) this.wake();
        });
        delivered.catch(error => this.#fail(error));
      }
    } finally {
      this.#pumping = false;
      if (!this.#stopped) this.#wakeForDelayed();
      this.#options.changed();
    }
  }

  async #gather(): Promise<Message[]> {
    const { batchSize, windowSeconds } = this.#spec;
    const batch = this.#receive(batchSize);
    if (batch.length === 0 || batch.length >= batchSize) return batch;
    if (windowSeconds > 0) await sleep(Math.min(windowSeconds * 1_000, LONGEST_WINDOW_MS));
    return [...batch, ...this.#receive(batchSize - batch.length)];
  }

  #receive(max: number): Message[] {
    return this.#queues.receive(this.queue, max, WHILE_HANDLED_SECONDS).map(receivedMessage);
  }

  async #deliver(batch: readonly Message[]): Promise<void> {
    const { address } = this.#options.calls.count(this.#pool.spec.name, 'Queue.Delivery');
    const { queueArn } = this.#spec;
    const { region, now, faults, together } = this.#options;
    const event = queueEvent(batch, { queueArn, region, now: now() });
    const failed = await this.#failedOf(batch, event);
    const fault = faults.take({
      function: this.#pool.spec.name,
      operation: 'Queue.Delivery',
      address,
      event: JSON.stringify(event),
    });
    const again = fault === 'redeliver' ? new Set(batch.map(m => m.MessageId)) : failed;
    if (this.#stopped) return;
    const done = batch.filter(message => !again.has(message.MessageId));
    for (const message of done) this.#queues.queue(this.queue).remove(message.ReceiptHandle);
    const back = batch.filter(message => again.has(message.MessageId));
    if (together === undefined) for (const message of back) this.#giveBackLater(message);
    else for (const message of back) this.#giveBack(message.ReceiptHandle);
  }

  /** Until then it counts as in flight, and others are delivered. */
  #giveBackLater(message: Message): void {
    setTimeout(() => {
      if (this.#stopped) return;
      this.#giveBack(message.ReceiptHandle);
      this.wake();
    }, this.#options.retryAfterMs);
  }

  #giveBack(receiptHandle: string): void {
    this.#queues.queue(this.queue).giveBack(receiptHandle, 0);
  }

  #fail(error: unknown): void {
    if (!this.#stopped) this.#options.failed(error);
  }

  /** Ids of the messages that the function did not finish. */
  async #failedOf(batch: readonly Message[], event: object): Promise<ReadonlySet<string>> {
    const all = new Set(batch.map(message => message.MessageId));
    const { reportsItemFailures } = this.#spec;
    try {
      const result = await this.#pool.invoke(event);
      if (!reportsItemFailures || result === null) return new Set();
      const { batchItemFailures } = PartialFailure.parse(result);
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      // As Lambda: an id that was not in the batch fails all of it.
      return failed.every(id => all.has(id)) ? new Set(failed) : all;
    } catch {
      return all;
    }
  }

  /** What is there and cannot be received yet. */
  #wakeForDelayed(): void {
    clearTimeout(this.#timer);
    const next = this.#queues.queue(this.queue).nextVisibleAt;
    if (next === undefined) return;
    this.#timer = setTimeout(() => this.wake(), Math.max(1, next - Date.now()));
  }

  get #concurrency(): number {
    return Math.min(this.#spec.concurrency ?? this.#pool.concurrency, this.#pool.concurrency);
  }
}

export interface MappingOptions {
  readonly region: string;
  /** Real time until a failed message comes again. */
  readonly retryAfterMs: number;
  /** Set: deliveries come in turn, while time moves or settles, and only messages of the same group share a batch. */
  readonly together: ((body: string) => string) | undefined;
  readonly calls: CallLog;
  readonly faults: FaultPlan;
  readonly now: () => Instant;
  readonly changed: () => void;
  /** The queue itself cannot be reached any more. */
  readonly failed: (error: unknown) => void;
}
