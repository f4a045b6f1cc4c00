import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Answer } from './answer.ts';
import type { Method, OpenOperation } from './operation.ts';

/** One address of the API, ready to be served by `httpFunction`. */
export interface Route<S> {
  readonly method: Method;
  /** `/v1/accounts/{account}` */
  readonly path: string;
  readonly serve: (event: APIGatewayProxyEventV2, services: S) => Promise<Answer>;
}

/** One route for each of the operations that take no key. */
export function openRoutesFor<O extends Readonly<Record<string, OpenOperation>>, S>(
  operations: O,
  handlers: { readonly [N in keyof O]: Route<S>['serve'] },
): Route<S>[] {
  return Object.keys(operations).map((name: keyof O & string) => {
    const { method, path } = operations[name] as OpenOperation;
    return { method, path, serve: handlers[name] };
  });
}
