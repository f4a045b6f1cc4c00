import { randomUUID } from 'node:crypto';
import type { Caller } from '../gateway/counting-proxy.ts';
import type { Gateway } from '../gateway/gateways.ts';
import type { FunctionSpec } from './function-spec.ts';
import { InvocationFailed, Worker } from './worker.ts';
import { workerProgram } from './worker-program.ts';

/**
 * Synchronous requests and answers; what is invoked without an answer may be smaller only: 1 MB since October 2025
 * (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, "Invocation payload").
 */
export const SYNC_LIMIT_BYTES = 6 * 1024 * 1024;
export const ASYNC_LIMIT_BYTES = 1024 * 1024;

export interface PoolOptions {
  readonly clock: SharedArrayBuffer;
  readonly concurrency: number;
  readonly openGateway: (caller: Caller) => Promise<Gateway>;
  readonly environment: (spec: FunctionSpec, gateway: Gateway) => Record<string, string>;
  readonly log: (functionName: string, text: string) => void;
  readonly invoked: (invocation: EndedInvocation) => void;
  /** Asked before each invocation: an environment that is there ends, and this one starts anew. */
  readonly startsCold: (functionName: string, event: string) => boolean;
  /** Called whenever an invocation starts or ends. */
  readonly changed: () => void;
}

/** What Lambda would charge for. */
export interface EndedInvocation {
  readonly function: FunctionSpec;
  readonly eventBytes: number;
  /** Real time, also when domain time stands still; without the start of its environment. */
  readonly durationMs: number;
  /** Of it, when the function did not wait for anybody: CPU time, on a core of its own. */
  readonly busyMs: number;
}

/** An environment costs 45 MB and a tenth of a second: a further one is started only where the others stay busy. */
const PATIENCE_MS = 2_000;

interface Slot {
  gateway: Gateway | undefined;
  worker: Worker | undefined;
  busy: boolean;
  event: string;
}

/** A function with its few execution environments, started when they are needed and replaced when they die. */
export class FunctionPool {
  readonly spec: FunctionSpec;
  readonly #options: PoolOptions;
  readonly #slots: Slot[];
  readonly #waiting: (() => void)[] = [];
  readonly #open = new Set<Promise<string>>();
  #isStopped = false;
  #running = 0;

  constructor(spec: FunctionSpec, options: PoolOptions) {
    this.spec = spec;
    this.#options = options;
    const size = Math.min(options.concurrency, spec.reservedConcurrency ?? options.concurrency);
    this.#slots = Array.from({ length: size }, () => ({
      gateway: undefined,
      worker: undefined,
      busy: false,
      event: '',
    }));
  }

  /** Running or waiting for a free environment. */
  get running(): number {
    return this.#running;
  }

  get concurrency(): number {
    return this.#slots.length;
  }

  /** The handler's result. Throws `InvocationFailed`. */
  async invoke(event: unknown, limitBytes = SYNC_LIMIT_BYTES): Promise<unknown> {
    const text = JSON.stringify(event);
    if (Buffer.byteLength(text) > limitBytes) {
      throw new InvocationFailed('too-large', `The event for ${this.spec.name} has more than ${limitBytes} bytes.`);
    }
    this.#running += 1;
    this.#options.changed();
    try {
      const result = await this.#kept(this.#inFreeSlot(slot => this.#run(slot, text)));
      if (Buffer.byteLength(result) > SYNC_LIMIT_BYTES) {
        throw new InvocationFailed(
          'too-large',
          `The answer of ${this.spec.name} has more than ${SYNC_LIMIT_BYTES} bytes.`,
        );
      }
      return JSON.parse(result);
    } catch (error) {
      if (!this.#isStopped) this.#options.log(this.spec.name, error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      this.#running -= 1;
      this.#options.changed();
    }
  }

  /** As a deployment does: environments that are not at work end, and what comes next starts anew. */
  async renew(): Promise<void> {
    await Promise.all(this.#slots.filter(slot => !slot.busy).map(slot => slot.worker?.kill()));
  }

  /** Kills what runs, and waits until everybody who asked for it has heard so. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const ended = Promise.allSettled(this.#open);
    await Promise.all(this.#slots.map(slot => slot.worker?.kill()));
    for (const waiting of this.#waiting.splice(0)) waiting();
    await ended;
    await Promise.all(this.#slots.map(slot => slot.gateway?.stop()));
  }

  async #kept(invocation: Promise<string>): Promise<string> {
    this.#open.add(invocation);
    try {
      return await invocation;
    } finally {
      this.#open.delete(invocation);
    }
  }

  async #run(slot: Slot, event: string): Promise<string> {
    slot.gateway ??= await this.#options.openGateway({
      name: this.spec.name,
      kill: async () => {
        await slot.worker?.kill();
      },
      event: () => slot.event,
    });
    slot.event = event;
    if (this.#options.startsCold(this.spec.name, event)) await slot.worker?.kill();
    const program = await workerProgram();
    if (this.#isStopped) throw new InvocationFailed('crashed', `${this.spec.name} is stopped.`);
    if (slot.worker?.isAlive !== true) {
      slot.worker = new Worker(this.spec, {
        program,
        clock: this.#options.clock,
        environment: this.#options.environment(this.spec, slot.gateway),
        doors: { aws: slot.gateway.aws, stripe: slot.gateway.stripe, operator: slot.gateway.operator },
        answer: slot.gateway.answer,
        log: text => this.#options.log(this.spec.name, text),
      });
    }
    await slot.worker.ready;
    const { worker } = slot;
    const [began, busyBefore] = [performance.now(), worker.busyMs];
    try {
      return await worker.invoke(randomUUID(), event);
    } finally {
      const durationMs = performance.now() - began;
      const busyMs = Math.min(durationMs, Math.max(0, worker.busyMs - busyBefore));
      this.#options.invoked({ function: this.spec, eventBytes: Buffer.byteLength(event), durationMs, busyMs });
    }
  }

  async #inFreeSlot<T>(work: (slot: Slot) => Promise<T>): Promise<T> {
    const patientUntil = performance.now() + PATIENCE_MS;
    let slot = this.#freeSlot(true);
    while (slot === undefined && !this.#isStopped) {
      await this.#nextFree(patientUntil - performance.now());
      slot = this.#freeSlot(performance.now() < patientUntil);
    }
    if (slot === undefined) throw new InvocationFailed('crashed', `${this.spec.name} is stopped.`);
    slot.busy = true;
    try {
      return await work(slot);
    } finally {
      slot.busy = false;
      this.#waiting.shift()?.();
    }
  }

  /** A warm one first. Whoever is patient starts no further one while another is at work. */
  #freeSlot(isPatient: boolean): Slot | undefined {
    const free = this.#slots.filter(slot => !slot.busy);
    const warm = free.find(slot => slot.worker?.isAlive === true);
    return warm ?? (isPatient && free.length < this.#slots.length ? undefined : free[0]);
  }

  /** Resolves when a slot becomes free, or after a while: then a cold one may be started. */
  #nextFree(patienceMs: number): Promise<void> {
    return new Promise(resolve => {
      const wake = () => {
        clearTimeout(timer);
        const at = this.#waiting.indexOf(wake);
        if (at >= 0) this.#waiting.splice(at, 1);
        resolve();
      };
      const timer = patienceMs > 0 ? setTimeout(wake, patienceMs) : undefined;
      this.#waiting.push(wake);
    });
  }
}
