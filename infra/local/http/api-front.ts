import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '#shared/platform/instant.ts';
import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';
import type { FunctionPool } from '../runtime/function-pool.ts';
import type { RouteSpec } from '../template/deployment.ts';
import { httpAnswer, httpFailure, NOT_FOUND, TOO_LARGE, UNAVAILABLE } from './http-answer.ts';
import { decode, httpEvent } from './http-event.ts';
import { matchRoute } from './routes.ts';

const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/** The HTTP API: finds the route, invokes its function, answers. */
export class ApiFront {
  readonly #routes: readonly RouteSpec[];
  readonly #pools: ReadonlyMap<string, FunctionPool>;
  readonly #now: () => Instant;

  constructor(routes: readonly RouteSpec[], pools: ReadonlyMap<string, FunctionPool>, now: () => Instant) {
    this.#routes = routes;
    this.#pools = pools;
    this.#now = now;
  }

  async answer(request: PartRequest, sourceIp = '127.0.0.1'): Promise<PartAnswer> {
    const { pathname } = new URL(request.url, 'http://api');
    const match = matchRoute(this.#routes, request.method, decode(pathname));
    const pool = match === undefined ? undefined : this.#pools.get(match.route.function);
    if (match === undefined || pool === undefined) return NOT_FOUND;
    if (request.body.length > BODY_LIMIT_BYTES) return TOO_LARGE;
    const event = httpEvent(request, match, { sourceIp, now: this.#now() });
    const waiting = new AbortController();
    // The function may work on: API Gateway gives up on its answer, not on the invocation.
    const tooLate = sleep(match.route.timeoutMs, UNAVAILABLE, { signal: waiting.signal, ref: false });
    const answered = pool.invoke(event).then(httpAnswer, httpFailure);
    try {
      return await Promise.race([answered, tooLate]);
    } finally {
      tooLate.catch(() => undefined);
      waiting.abort();
    }
  }
}
