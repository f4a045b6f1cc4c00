import { type Failure, MethodNotAllowed, NotFound } from '../failure.ts';

/** An address and a method that it takes. */
export interface Place {
  readonly method: string;
  /** `/v1/accounts/{account}` */
  readonly path: string;
}

/** Why no route was found: the address takes other methods, or there is nothing. */
export function noRoute(routes: readonly Place[], method: string, path: string): Failure {
  const methods = routes.filter(route => isAt(route.path, path)).map(route => route.method);
  const allow = [...new Set(methods.flatMap(each => (each === 'GET' ? ['GET', 'HEAD'] : [each])))];
  if (allow.length > 0) {
    return new MethodNotAllowed(
      'method-not-allowed',
      `${method} is not for this address; ${allow.join(', ')} is.`,
      allow,
    );
  }
  return new NotFound(
    'no-such-route',
    'There is nothing at this address. GET /v1/openapi.json lists those that there are.',
  );
}

function isAt(pattern: string, path: string): boolean {
  const given = path.replace(/(?<=.)\/$/, '').split('/');
  const wanted = pattern.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => segment === given[index] || (segment.startsWith('{') && given[index] !== ''))
  );
}
