import { createHash } from 'node:crypto';
import type { Answer } from '../records/stored-answer.ts';
import type { World } from '../store/world.ts';
import { unstored } from '../wire/errors.ts';

/** An answer, and whether an idempotency key keeps it: not when nothing had begun. */
export interface Outcome {
  readonly answer: Answer;
  readonly isKept: boolean;
}

const LONGEST_KEY = 255;

// request 1: runs ──────────────▶ answer kept, also refusals and 500s
// request 2, same key: meanwhile ──▶ 409; afterwards ──▶ the same answer; with other parameters ──▶ 400
export class IdempotencyKeys {
  readonly #world: World;
  readonly #running = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Does the work unless the key has an answer already. @throws ApiError 400, 409 */
  async once(key: string | null, request: string, work: () => Promise<Outcome>): Promise<Answer> {
    if (key === null) return (await work()).answer;
    const stored = this.#answerUnder(key, request);
    if (stored) return stored;
    this.#running.add(key);
    try {
      const { answer, isKept } = await work();
      if (isKept) this.#world.store.put('answer', key, { ...answer, request, at: this.#world.now() });
      return answer;
    } finally {
      this.#running.delete(key);
    }
  }

  #answerUnder(key: string, request: string): Answer | undefined {
    if (key.length > LONGEST_KEY) throw tooLong();
    if (this.#running.has(key)) throw inUse(key);
    const stored = this.#world.store.get('answer', key);
    if (!stored) return undefined;
    if (stored.request !== request) throw usedOtherwise(key);
    return { status: stored.status, body: stored.body, headers: { ...stored.headers, 'idempotent-replayed': 'true' } };
  }
}

export function digestOf(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('base64url');
}

function tooLong() {
  const message = `Idempotency keys can have at most ${LONGEST_KEY} characters.`;
  return unstored(400, { type: 'invalid_request_error', message });
}

function inUse(key: string) {
  const message = `There is currently another in-progress request using this Stripe idempotency key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
  return unstored(409, { type: 'invalid_request_error', code: 'idempotency_key_in_use', message });
}

function usedOtherwise(key: string) {
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
  return unstored(400, { type: 'idempotency_error', message });
}
