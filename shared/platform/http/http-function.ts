import middy from '@middy/core';
import httpRouter from '@middy/http-router';
import securityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { Failure } from '../failure.ts';
import { log, logFailure } from '../log.ts';
import { lazily } from '../services.ts';
import type { Answer } from './answer.ts';
import { noRoute, type Place } from './no-route.ts';
import type { Route } from './open-route.ts';
import { problemAnswer } from './problem.ts';

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/**
 * What a page of ours may do: show itself with the style and pictures that it brings, and send its forms back here. No
 * script, nothing from elsewhere, never in a frame. The package's own is a sandbox, in which browsers show no PDF.
 */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * A Lambda behind an HTTP API (payload 2.0): several routes, one composition root. Failures become problem+json by
 * their class, or what `failed` makes of them, and every answer carries `x-request-id`.
 *
 *     export const handler = httpFunction({ routes: [putAccount, getAccount], services: buildServices });
 */
export function httpFunction<S>(declaration: {
  readonly routes: readonly Route<S>[];
  readonly services: () => Promise<S> | S;
  /** What other functions serve, for the one that is asked wherever there is nothing. */
  readonly elsewhere?: () => Promise<readonly Place[]>;
  /** For those who are not programs. */
  readonly failed?: (error: unknown, event: Event) => Answer;
}): (event: Event, context: Context) => Promise<Result> {
  const services = lazily(declaration.services);
  const failed = declaration.failed ?? ((error: unknown) => problemAnswer(error));
  const routes = withHeads(declaration.routes);
  const router = httpRouter<Event, Result>({
    routes: routes.map(route => ({
      method: route.method,
      path: route.path,
      handler: async (event: Event) => httpResult(event, await route.serve(event, await services())),
    })),
    notFoundResponse: async ({ method, path }) => {
      const elsewhere = (await declaration.elsewhere?.()) ?? [];
      throw noRoute([...routes, ...elsewhere], method, path);
    },
  });
  const answer = middy<Event, Result>()
    .use(securityHeaders({ contentSecurityPolicy: false }))
    .before(({ event, context }) => {
      // HTTP APIs send names in lower case; test events and other gateways need not.
      event.headers = Object.fromEntries(
        Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      log.addContext(context);
    })
    .onError(request => {
      const failure = failed(request.error, request.event);
      if (failure.status >= 500 || !(request.error instanceof Failure)) logFailure('request failed', request.error);
      request.response = httpResult(request.event, failure);
    })
    .handler(router);
  return async (event, context) => {
    const result = await answer(event, context);
    return event.requestContext.http.method === 'HEAD' ? withoutBody(result) : result;
  };
}

/** What can be read can be asked for without its body (RFC 9110, 9.3.2). */
function withHeads<S>(routes: readonly Route<S>[]): readonly Route<S>[] {
  const declared = new Set(routes.filter(({ method }) => method === 'HEAD').map(({ path }) => path));
  const readable = routes.filter(({ method, path }) => method === 'GET' && !declared.has(path));
  return [...routes, ...readable.map(route => ({ ...route, method: 'HEAD' as const }))];
}

function withoutBody({ body: _, isBase64Encoded: __, ...result }: Result): Result {
  return result;
}

function httpResult(event: Event, answer: Answer): Result {
  const { body } = answer;
  return {
    statusCode: answer.status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'content-security-policy': PAGE_POLICY,
      ...answer.headers,
      'x-request-id': event.requestContext.requestId,
    },
    ...(answer.cookies !== undefined && { cookies: [...answer.cookies] }),
    ...(body !== undefined && printBody(body)),
  };
}

function printBody(body: unknown): Pick<Result, 'body' | 'isBase64Encoded'> {
  if (body instanceof Uint8Array) return { body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
  return { body: typeof body === 'string' ? body : wholeJson(body) };
}

const HALF_CHARACTERS = /(\\\\)|\\ud[89a-f][0-9a-f]{2}/g;

/** What callers sent comes back in messages. A strict reader refuses the whole answer for half a character in it. */
function wholeJson(body: unknown): string {
  const json = JSON.stringify(body);
  return json.includes('\\ud') ? json.replace(HALF_CHARACTERS, (_, backslash = '\uFFFD') => backslash) : json;
}
