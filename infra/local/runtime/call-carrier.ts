import type { MessagePort } from 'node:worker_threads';
import type { DoorName } from '../gateway/gateways.ts';
import type { CallAnswer, ThreadCall } from './thread-messages.ts';

export type CarriedRequest = Omit<ThreadCall, 'kind' | 'id'>;
export type CarriedAnswer = NonNullable<CallAnswer['answer']>;

/**
 * Carries a worker thread's calls to the main thread as messages: a socket costs ten times as much. The main thread
 * takes them where it takes what comes through the doors themselves, so that each is counted and can fail alike.
 */
export class CallCarrier {
  readonly #port: MessagePort;
  readonly #doors: ReadonlyMap<string, DoorName>;
  readonly #waiting = new Map<number, (answer: CarriedAnswer | undefined) => void>();
  #calls = 0;

  constructor(port: MessagePort, doors: Readonly<Record<DoorName, string>>) {
    this.#port = port;
    const { aws, stripe, operator } = doors;
    this.#doors = new Map<string, DoorName>([
      [new URL(aws).host, 'aws'],
      [new URL(stripe).host, 'stripe'],
      [new URL(operator).host, 'operator'],
    ]);
  }

  /** The door behind `127.0.0.1:port`. `undefined`: it is somebody else's address. */
  doorAt(host: string): DoorName | undefined {
    return this.#doors.get(host);
  }

  /** `undefined`: the connection broke. */
  send(request: CarriedRequest): Promise<CarriedAnswer | undefined> {
    this.#calls += 1;
    const id = this.#calls;
    const call: ThreadCall = { kind: 'call', id, ...request };
    this.#port.postMessage(call);
    return new Promise(resolve => this.#waiting.set(id, resolve));
  }

  answered({ id, answer }: CallAnswer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
