import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The process is gone: nothing of it goes on, not even the handling of errors. */
export class Killed extends Error {}

/**
 * Counts what one process asks of the outside, and ends it at the call it was told: by an error that the caller of the
 * process hears, or by standing still for ever, where the process has also ways out that are not watched here.
 */
export class Mortality {
  calls = 0;
  /** Resolves when a process that stands still has come to its end. */
  readonly ended: Promise<'dead'>;
  readonly #standsStill: boolean;
  readonly #end: (dead: 'dead') => void;
  #at: number | undefined;
  #moment: 'before' | 'after' = 'before';

  constructor({ standsStill = false } = {}) {
    this.#standsStill = standsStill;
    const { promise, resolve } = Promise.withResolvers<'dead'>();
    this.ended = promise;
    this.#end = resolve;
  }

  /** At the nth call from now on, before it goes out or after it took effect. */
  diesAt(call: number, moment: 'before' | 'after'): void {
    this.calls = 0;
    this.#at = call;
    this.#moment = moment;
  }

  lives(): void {
    this.calls = 0;
    this.#at = undefined;
  }

  async call<T>(work: () => Promise<T>): Promise<T> {
    const mine = ++this.calls;
    if (this.#at !== undefined && mine > this.#at) return this.#die('dead already');
    if (mine === this.#at && this.#moment === 'before') return this.#die(`before call ${mine}`);
    const answer = await work();
    if (mine === this.#at) return this.#die(`after call ${mine}`);
    return answer;
  }

  #die(how: string): Promise<never> {
    if (!this.#standsStill) throw new Killed(how);
    this.#end('dead');
    return new Promise<never>(() => undefined);
  }

  /** Every operation of a client counts. */
  watch(client: DynamoDBClient): DynamoDBClient {
    client.middlewareStack.add(next => args => this.call(() => next(args)), { step: 'initialize' });
    return client;
  }

  /** Every method of a port counts; all of them must be asynchronous. */
  port<P extends object>(port: P): P {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => this.call(async () => member.apply(target, args));
      },
    });
  }
}
