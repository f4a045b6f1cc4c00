import { setTimeout as pause } from 'node:timers/promises';
import { runDueWork } from '../billing/due-work.ts';
import { API_VERSION } from '../resources/announcing.ts';
import { forgetOld } from '../store/forgetting.ts';
import type { World } from '../world.ts';
import { ApiError, errorEnvelope, unstored } from './errors.ts';
import { expanded } from './expand.ts';
import { decodeForm } from './form.ts';
import { type Answer, digestOf, IdempotencyKeys } from './idempotency.ts';
import type { Prepared } from './operation.ts';
import type { Router } from './router.ts';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** How long (really) a call that must not overlap with its like is in progress: two sent together do overlap. */
const IN_PROGRESS_MS = 2;

/** From a request to its answer: key, version, idempotency, parameters, the operation itself, expansion. */
export class Gateway {
  readonly #world: World;
  readonly #router: Router;
  readonly #keys: IdempotencyKeys;
  readonly #running = new Set<string>();

  constructor(world: World, router: Router) {
    this.#world = world;
    this.#router = router;
    this.#keys = new IdempotencyKeys(world);
  }

  async answer(request: ApiRequest): Promise<Answer> {
    const requestId = this.#world.ids.next('req');
    const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
    const answer = await this.#answerOnce(request, requestId, key);
    const echoed = key === undefined ? {} : { 'idempotency-key': key };
    return {
      ...answer,
      headers: { 'request-id': requestId, 'stripe-version': API_VERSION, ...echoed, ...answer.headers },
    };
  }

  async #answerOnce(request: ApiRequest, requestId: string, key: string | undefined): Promise<Answer> {
    const digest = digestOf(request.method, request.path, request.body);
    let begun = false;
    try {
      authenticate(request.headers);
      runDueWork(this.#world, this.#world.now());
      forgetOld(this.#world);
      const replayed = key === undefined ? undefined : this.#keys.begin(key, digest);
      if (replayed) return replayed;
      begun = key !== undefined;
      const body = await this.#run(this.#prepare(request), { requestId, idempotencyKey: key ?? null });
      return this.#kept(key, digest, { status: 200, body, headers: {} });
    } catch (error) {
      const refusal = error instanceof ApiError ? error : internalError(error);
      const answer = refusalAnswer(refusal, requestId);
      if (!begun || key === undefined) return answer;
      if (refusal.stored) return this.#kept(key, digest, answer);
      this.#keys.release(key);
      return answer;
    }
  }

  #prepare(request: ApiRequest): Prepared {
    const match = this.#router.find(request.method, request.path);
    if (!match) throw unrecognised(request);
    const input = { ...decodeForm(request.query), ...decodeForm(request.body) };
    return match.operation.prepare(input, request.path, match.ids);
  }

  async #run(
    { run, expand, exclusive }: Prepared,
    cause: { requestId: string; idempotencyKey: string | null },
  ): Promise<object> {
    if (exclusive !== undefined && this.#running.has(exclusive)) throw overlapping();
    const world = this.#world;
    world.cause = cause;
    try {
      if (exclusive === undefined) return world.store.attempt(() => expanded(world, run(world), expand));
      this.#running.add(exclusive);
      const body = world.store.attempt(() => expanded(world, run(world), expand));
      world.cause = undefined;
      await pause(IN_PROGRESS_MS);
      return body;
    } finally {
      world.cause = undefined;
      if (exclusive !== undefined) this.#running.delete(exclusive);
    }
  }

  #kept(key: string | undefined, digest: string, answer: Answer): Answer {
    if (key !== undefined) this.#keys.keep(key, digest, answer);
    return answer;
  }
}

function authenticate(headers: ApiRequest['headers']): void {
  const key = keyIn(headers.authorization ?? '');
  if (key === '') {
    throw unstored(401, { type: 'invalid_request_error', message: 'You did not provide an API key.' });
  }
  if (!/^sk_test_\w+$/.test(key)) {
    throw unstored(401, { type: 'invalid_request_error', message: `Invalid API Key provided: ${key.slice(0, 7)}****` });
  }
  const version = headers['stripe-version'];
  if (version !== undefined && version !== API_VERSION) {
    throw unstored(400, {
      type: 'invalid_request_error',
      message: `Invalid Stripe API version: ${version}. The twin speaks ${API_VERSION}.`,
    });
  }
}

/** `Bearer <key>`, or the key as the user name of basic authentication. */
function keyIn(authorization: string): string {
  const [scheme = '', credentials = ''] = authorization.split(' ');
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return '';
  return Buffer.from(credentials, 'base64').toString('utf8').split(':')[0] ?? '';
}

function refusalAnswer(refusal: ApiError, requestId: string): Answer {
  const headers: Record<string, string> =
    refusal.shouldRetry === undefined ? {} : { 'stripe-should-retry': String(refusal.shouldRetry) };
  return { status: refusal.status, body: errorEnvelope(refusal.body, requestId), headers };
}

function unrecognised({ method, path }: ApiRequest): ApiError {
  const message = `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
  return unstored(404, { type: 'invalid_request_error', message });
}

function overlapping(): ApiError {
  const message = 'Too many concurrent requests: another meter event for this customer and meter is being processed.';
  return unstored(409, { type: 'invalid_request_error', message });
}

/** A mistake of the twin itself. */
function internalError(cause: unknown): ApiError {
  console.error('stripe-twin:', cause);
  return new ApiError(500, { type: 'api_error', message: 'An unknown error occurred.' });
}
