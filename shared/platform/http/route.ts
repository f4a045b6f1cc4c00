import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { Forbidden, InvalidInput, Unauthenticated } from '../failure.ts';
import type { Answer } from './answer.ts';
import { readRawBody } from './body.ts';
import type { Authenticate, Caller } from './caller.ts';
import { failureDetails, PARSING, unknownParameters } from './failure-details.ts';
import { digestOf, identityOf, type KeptAnswers } from './kept-answers.ts';
import type { Route } from './open-route.ts';
import { NOTHING, type Nothing, type Operation } from './operation.ts';

/** What a route's function gets: everything checked, nothing raw. */
export interface HttpRequest<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly caller: Caller;
  readonly requestId: string;
  /** As it was called: `/v1/accounts/acc-1`. */
  readonly path: string;
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

/**
 * Serves an operation. Checked in this order: key 401, scope 403, path and query 400, body 413, 415, 400, 422. A `POST`
 * with an `Idempotency-Key` (contract 1) that passes these is carried out once, and its repeats get the first one's
 * answer.
 *
 *     route(accountOperations.getLine, async ({ params }, services: AccountServices) => ok(await readLine(services, params)))
 */
export function route<
  S extends HttpServices,
  P extends z.ZodType = Nothing,
  Q extends z.ZodObject = Nothing,
  B = undefined,
>(
  operation: Operation<P, Q, B>,
  answer: (request: HttpRequest<z.infer<P>, z.infer<Q>, B>, services: S) => Promise<Answer> | Answer,
): Route<S> {
  const { method, path, scope, params, query, body } = operation;
  const takesKey = method === 'POST' && operation.idempotencyKey !== 'ignored';
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
        query: checkedQuery(query, event.queryStringParameters ?? {}),
      };
      const raw = body && readRawBody(event);
      const request = {
        ...place,
        body: body === undefined || raw === undefined ? absentBody<B>() : body.read(raw),
        caller,
        requestId,
        path: event.rawPath,
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

type RequestFor<O> = O extends Operation<infer P, infer Q, infer B> ? HttpRequest<z.infer<P>, z.infer<Q>, B> : never;

/** What serves each of these operations, under the operation's own name. */
export type Handlers<O extends Readonly<Record<string, Operation>>, S> = {
  readonly [N in keyof O]: (request: RequestFor<O[N]>, services: S) => Promise<Answer> | Answer;
};

/** One route for each of the operations. */
export function routesFor<O extends Readonly<Record<string, Operation>>, S extends HttpServices>(
  operations: O,
  handlers: Handlers<O, S>,
): Route<S>[] {
  return Object.entries(operations).map(([name, operation]) =>
    route<S, z.ZodType, z.ZodObject, unknown>(operation, handlerOf(handlers, name)),
  );
}

/** Each handler takes what its own operation checked: the table says so, name by name, which is lost when it is walked. */
function handlerOf<O extends Readonly<Record<string, Operation>>, S>(handlers: Handlers<O, S>, name: keyof O) {
  return handlers[name] as (request: HttpRequest<unknown, unknown, unknown>, services: S) => Promise<Answer> | Answer;
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
  const parsed = (schema ?? NOTHING).safeParse(value, PARSING);
  if (parsed.success) return parsed.data as z.infer<S>;
  throw new InvalidInput(400, `invalid-${where}`, `The ${where} is not as expected.`, {
    errors: failureDetails(parsed.error, schema),
  });
}

function checkedQuery<Q extends z.ZodObject>(
  schema: Q | undefined,
  sent: Readonly<Record<string, string | undefined>>,
): z.infer<Q> {
  const errors = unknownParameters(sent, schema ?? NOTHING);
  if (errors.length === 0) return checked(schema, sent, 'query');
  throw new InvalidInput(400, 'invalid-query', 'The query is not as expected.', { errors });
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
