import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { judgeSignature } from '#shared/stripe/webhook-signature.ts';
import { jsonAnswer, jsonOf, type PartAnswer, type PartRequest } from '../gateway/exchange.ts';
import { problem } from '../gateway/problem.ts';
import { OperatorPost } from './operator-post.ts';
import type { Outbox } from './outbox.ts';

/**
 * Plays the operator's endpoint: takes what is signed with the common secret and has the agreed shape, each id once. A
 * repeat is answered like the first.
 */
export class OperatorEndpointStub {
  readonly #outbox: Outbox;
  /** One or, while they are exchanged, two with a comma between them. */
  readonly #secret: () => string;
  readonly #now: () => Instant;

  constructor(options: { outbox: Outbox; secret: () => string; now: () => Instant }) {
    this.#outbox = options.outbox;
    this.#secret = options.secret;
    this.#now = options.now;
  }

  answer({ method, headers, body }: PartRequest): PartAnswer {
    if (method !== 'POST') return problem(405, 'method-not-allowed', 'The operator takes POST only.');
    const verdict = judgeSignature(body, String(headers['dunlin-signature']), this.#secret().split(','), this.#now());
    if (verdict !== 'genuine') return problem(401, `signature-${verdict}`, `The dunlin-signature is ${verdict}.`);
    const post = OperatorPost.safeParse(jsonOf(body));
    if (!post.success) return problem(422, 'invalid', z.prettifyError(post.error));
    this.#outbox.addPost(post.data);
    return jsonAnswer(200, { id: post.data.id });
  }
}
