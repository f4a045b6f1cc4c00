import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { Forbidden, InvalidInput, Unauthenticated } from '../failure.ts';
import type { Answer } from './answer.ts';
import { type BodyReader, readRawBody } from './body.ts';
import type { Authenticate, Caller, Scope } from './caller.ts';
import { failureDetails } from './failure-details.ts';
import { digestOf, identityOf, type KeptAnswers } from './kept-answers.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** What a route's function gets: everything checked, nothing raw. */
export interface HttpRequest<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  readonly requestId: string;
  /** The same for each repeat of a `POST` under an `Idempotency-Key`, else one per request. */
  readonly identity: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface HttpServices {
  readonly authenticate: Authenticate;
  /** For repeats of a `POST` under the same `Idempotency-Key`. */
  readonly keptAnswers: KeptAnswers;
}

/** One address of the API, ready to be served by `httpFunction`. */
export interface Route<S> {
  readonly method: Method;
  /** `/v1/accounts/{account}` */
  readonly path: string;
  readonly serve: (event: APIGatewayProxyEventV2, services: S) => Promise<Answer>;
}

const NOTHING = z.object({});

/**
 * Declares a route: who may (`scope`), what it takes (schemas of the path, the query and the body), what it answers.
 * Checked in this order: key 401, scope 403, path and query 400, body 413, 415, 400, 422. A `POST` with an
 * `Idempotency-Key` (contract 1) that passes these is carried out once, and its repeats get the first one's answer.
 *
 *     export const getLine = route({
 *       method: 'GET', path: '/v1/accounts/{account}/lines/{line}', scope: 'accounts:read',
 *       params: z.object({ account: AccountId, line: LineId }),
 *       answer: async ({ params }, services: AccountServices) => ok(await services.lines.get(params)),
 *     });
 */
export function route<
  S extends HttpServices,
  P extends z.ZodType = typeof NOTHING,
  Q extends z.ZodType = typeof NOTHING,
  B = undefined,
>(declaration: {
  readonly method: Method;
  readonly path: string;
  readonly scope: Scope;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: BodyReader<B>;
  /** `ignored`: for a `POST` that changes nothing, or that knows repeats by itself. */
  readonly idempotencyKey?: 'ignored';
  readonly answer: (request: HttpRequest<z.infer<P>, z.infer<Q>, B>, services: S) => Promise<Answer> | Answer;
}): Route<S> {
  const { method, path, scope, params, query, body, answer } = declaration;
  const takesKey = method === 'POST' && declaration.idempotencyKey !== 'ignored';
  return {
    method,
    path,
    serve: async (event, services) => {
      const caller = await callerOf(event, services.authenticate);
      if (!caller.scopes.includes(scope)) throw new Forbidden('missing-scope', `The key lacks the scope ${scope}.`);
      const key = takesKey ? idempotencyKeyOf(event) : undefined;
      const { requestId } = event.requestContext;
      const place = {
        params: checked(params, decoded(event.pathParameters ?? {}), 'path'),
        query: checked(query, event.queryStringParameters ?? {}, 'query'),
      };
      const raw = body && readRawBody(event);
      const request = {
        ...place,
        body: body === undefined || raw === undefined ? absentBody<B>() : body.read(raw),
        caller,
        requestId,
        identity: key === undefined ? requestId : identityOf(caller.keyDigest, key),
        headers: event.headers,
      };
      const work = async () => answer(request, services);
      if (key === undefined) return work();
      const digest = digestOf(method, event.rawPath, event.rawQueryString, raw?.text ?? event.body ?? '');
      return services.keptAnswers({ identity: request.identity, digest }, work);
    },
  };
}

async function callerOf(event: APIGatewayProxyEventV2, authenticate: Authenticate): Promise<Caller> {
  const [, key] = /^Bearer +(\S+)$/i.exec(event.headers.authorization ?? '') ?? [];
  const caller = key === undefined ? undefined : await authenticate(key);
  if (caller === undefined) throw new Unauthenticated('unknown-key', 'Send a valid key: authorization: Bearer dk_...');
  return caller;
}

/** @throws InvalidInput 400 `invalid-idempotency-key` */
function idempotencyKeyOf(event: APIGatewayProxyEventV2): string | undefined {
  const key = event.headers['idempotency-key'];
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new InvalidInput(400, 'invalid-idempotency-key', 'An Idempotency-Key has 1 to 255 visible ASCII characters.');
}

function checked<S extends z.ZodType>(schema: S | undefined, value: unknown, where: 'path' | 'query'): z.infer<S> {
  const parsed = (schema ?? NOTHING).safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data as z.infer<S>;
  throw new InvalidInput(400, `invalid-${where}`, `The ${where} is not as expected.`, {
    errors: failureDetails(parsed.error),
  });
}

/** Only where `B` has its default: a declaration without `body`. */
function absentBody<B>(): B {
  return undefined as B;
}

function decoded(params: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value && decodedOnce(value)]));
}

function decodedOnce(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
