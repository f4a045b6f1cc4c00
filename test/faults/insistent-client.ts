import { setTimeout as sleep } from 'node:timers/promises';
import type { Heard, Outsider } from '#test/parts/outsider.ts';

const ATTEMPTS = 6;
const PAUSE_MS = 30;

/** Repeats what was not answered, or with 429 or 5xx, as a network platform does: the same request until it is through. */
export class InsistentClient {
  readonly #operator: Outsider;

  constructor(operator: Outsider) {
    this.#operator = operator;
  }

  put(path: string, body: unknown): Promise<Heard['body']> {
    return this.#insist(() => this.#operator.put(path, body));
  }

  post(path: string, body: unknown): Promise<Heard['body']> {
    return this.#insist(() => this.#operator.post(path, body));
  }

  get(path: string): Promise<Heard['body']> {
    return this.#insist(() => this.#operator.get(path));
  }

  async #insist(ask: () => Promise<Heard>): Promise<Heard['body']> {
    for (let attempt = 1; ; attempt += 1) {
      const { status, body } = await ask();
      if (status < 300) return body;
      const mayPass = status === 429 || status >= 500;
      if (!mayPass || attempt === ATTEMPTS) throw new Error(`${status} ${JSON.stringify(body).slice(0, 500)}`);
      await sleep(PAUSE_MS);
    }
  }
}
