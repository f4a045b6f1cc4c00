import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { Forbidden, InvalidInput, Unauthenticated } from '../failure.ts';
import type { Answer } from './answer.ts';
import { type BodyReader, readRawBody } from './body.ts';
import type { Authenticate, Caller, Scope } from './caller.ts';
import { failureDetails } from './failure-details.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What a route's function gets: everything checked, nothing raw. */
export interface HttpRequest<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  readonly requestId: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface HttpServices {
  readonly authenticate: Authenticate;
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
 * Checked in this order: key 401, scope 403, path and query 400, body 413, 415, 400, 422.
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
  readonly answer: (request: HttpRequest<z.infer<P>, z.infer<Q>, B>, services: S) => Promise<Answer> | Answer;
}): Route<S> {
  const { method, path, scope, params, query, body, answer } = declaration;
  return {
    method,
    path,
    serve: async (event, services) => {
      const caller = await callerOf(event, services.authenticate);
      if (!caller.scopes.includes(scope)) throw new Forbidden('missing-scope', `The key lacks the scope ${scope}.`);
      return answer(
        {
          params: checked(params, decoded(event.pathParameters ?? {}), 'path'),
          query: checked(query, event.queryStringParameters ?? {}, 'query'),
          body: body === undefined ? absentBody() : body.read(readRawBody(event)),
          caller,
          requestId: event.requestContext.requestId,
          headers: event.headers,
        },
        services,
      );
    },
  };
}

async function callerOf(event: APIGatewayProxyEventV2, authenticate: Authenticate): Promise<Caller> {
  const [, key] = /^Bearer +(\S+)$/i.exec(event.headers.authorization ?? '') ?? [];
  const caller = key === undefined ? undefined : await authenticate(key);
  if (caller === undefined) throw new Unauthenticated('unknown-key', 'Send a valid key: authorization: Bearer dk_...');
  return caller;
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
