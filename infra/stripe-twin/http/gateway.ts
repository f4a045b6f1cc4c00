import { setTimeout as pause } from 'node:timers/promises';
import { runDueWork } from '../billing/due-work.ts';
import { API_VERSION } from '../events/announcing.ts';
import type { Prepared } from '../operations/operation.ts';
import type { Answer } from '../records/stored-answer.ts';
import { forgetOld } from '../store/forgetting.ts';
import type { Cause, World } from '../store/world.ts';
import { ApiError, errorEnvelope, unstored } from '../wire/errors.ts';
import { decodeForm } from '../wire/form.ts';
import { expanded } from './expand.ts';
import { digestOf, IdempotencyKeys, type Outcome } from './idempotency.ts';
import { type PlannedAnswer, PlannedAnswers } from './planned-answers.ts';
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
  readonly #planned = new PlannedAnswers();
  readonly #running = new Set<string>();

  constructor(world: World, router: Router) {
    this.#world = world;
    this.#router = router;
    this.#keys = new IdempotencyKeys(world);
  }

  /** Answers to come, whoever calls; they replace those that were planned before. */
  planAnswers(answers: readonly PlannedAnswer[]): void {
    this.#planned.plan(answers);
  }

  /** `undefined`: whatever was done, the caller does not hear of it. */
  async answer(request: ApiRequest): Promise<Answer | undefined> {
    const idempotencyKey = request.method === 'POST' ? (request.headers['idempotency-key'] ?? null) : null;
    const cause = { requestId: this.#world.ids.next('req'), idempotencyKey };
    const { status, body, headers } = await this.#answerOnce(request, cause);
    if (this.#planned.takeLoss(request)) return undefined;
    const echoed = idempotencyKey === null ? {} : { 'idempotency-key': idempotencyKey };
    return {
      status,
      body,
      headers: { 'request-id': cause.requestId, 'stripe-version': API_VERSION, ...echoed, ...headers },
    };
  }

  async #answerOnce(request: ApiRequest, cause: Cause): Promise<Answer> {
    try {
      authenticate(request.headers);
      this.#catchUp();
      const limited = this.#planned.takeRateLimit(request);
      if (limited) throw limited;
      const digest = digestOf(request.method, request.path, request.body);
      return await this.#keys.once(cause.idempotencyKey, digest, () => this.#outcome(request, cause));
    } catch (error) {
      return refusalAnswer(refusalFrom(error), cause.requestId);
    }
  }

  /** A request finds the world as it is at its moment, whether or not anybody ran the twin until then. */
  #catchUp(): void {
    runDueWork(this.#world, this.#world.now());
    forgetOld(this.#world);
  }

  async #outcome(request: ApiRequest, cause: Cause): Promise<Outcome> {
    try {
      const prepared = this.#prepare(request);
      const planned = this.#planned.takeRefusal(request);
      if (planned) throw planned;
      const body = await this.#run(prepared, cause);
      const headers = request.method === 'POST' ? { 'stripe-should-retry': 'false' } : {};
      return { answer: { status: 200, body, headers: { ...headers, ...originOf(request, cause) } }, isKept: true };
    } catch (error) {
      const refusal = refusalFrom(error);
      const { headers, ...answer } = refusalAnswer(refusal, cause.requestId);
      return { answer: { ...answer, headers: { ...headers, ...originOf(request, cause) } }, isKept: refusal.stored };
    }
  }

  #prepare(request: ApiRequest): Prepared {
    const match = this.#router.find(request.method, request.path);
    if (!match) throw unrecognised(request);
    const input = { ...decodeForm(request.query), ...decodeBody(request) };
    return match.operation.prepare(input, request.path, match.ids);
  }

  async #run(prepared: Prepared, cause: Cause): Promise<object> {
    const { exclusive } = prepared;
    if (exclusive === undefined) return this.#perform(prepared, cause);
    if (this.#running.has(exclusive)) throw overlapping();
    this.#running.add(exclusive);
    try {
      const body = this.#perform(prepared, cause);
      await pause(IN_PROGRESS_MS);
      return body;
    } finally {
      this.#running.delete(exclusive);
    }
  }

  #perform({ run, expand }: Prepared, cause: Cause): object {
    const world = this.#world;
    world.cause = cause;
    try {
      const outcome = world.store.attempt(() => orStandingRefusal(() => expanded(world, run(world), expand)));
      if (outcome instanceof ApiError) throw outcome;
      return outcome;
    } finally {
      world.cause = undefined;
    }
  }
}

/** Which request it was that did the work: an answer that is given again names the first one. */
function originOf({ method }: ApiRequest, { requestId }: Cause): Record<string, string> {
  return method === 'POST' ? { 'original-request': requestId } : {};
}

/** A refusal that undoes nothing comes back as a value. */
function orStandingRefusal<Result>(work: () => Result): Result | ApiError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError && error.keepsEffects) return error;
    throw error;
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

/** Version 2 of the API takes JSON. What cannot be read as such has no parameters. */
function decodeBody({ path, body }: ApiRequest): object {
  if (!path.startsWith('/v2/')) return decodeForm(body);
  try {
    const read: unknown = JSON.parse(body || '{}');
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
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
  const { shouldRetry, rateLimited } = refusal;
  const headers = {
    ...(shouldRetry !== undefined && { 'stripe-should-retry': String(shouldRetry) }),
    ...(rateLimited !== undefined && { 'stripe-rate-limited-reason': rateLimited }),
  };
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

/** Anything but a refusal is a mistake of the twin itself. */
function refusalFrom(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  console.error('stripe-twin:', error);
  return new ApiError(500, { type: 'api_error', message: 'An unknown error occurred.' });
}
