import type { RouteSpec } from '../template/deployment.ts';

export interface RouteMatch {
  readonly route: RouteSpec;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the route as API Gateway does: the most specific path wins segment by segment, then the method, `$default` last. */
export function matchRoute(routes: readonly RouteSpec[], method: string, path: string): RouteMatch | undefined {
  const matches = routes.flatMap(route => {
    const [routeMethod, pattern] = route.routeKey.split(' ');
    if (pattern === undefined || (routeMethod !== method && routeMethod !== 'ANY')) return [];
    const pathParameters = matchPath(pattern, path);
    return pathParameters === undefined ? [] : [{ route, pathParameters, rank: rankOf(pattern, routeMethod) }];
  });
  const [best] = matches.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  if (best !== undefined) return best;
  const fallback = routes.find(route => route.routeKey === '$default');
  return fallback === undefined ? undefined : { route: fallback, pathParameters: {} };
}

/** Sorts exact segments before `{name}` before `{name+}`, and a method before `ANY`. */
function rankOf(pattern: string, method: string): string {
  const segments = pattern.split('/').map(segment => (isGreedy(segment) ? '2' : isVariable(segment) ? '1' : '0'));
  return `${segments.join('')}${method === 'ANY' ? '1' : '0'}`;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const name = segment.replace(/^\{|\+?\}$/g, '');
    const rest = given.slice(index).join('/');
    if (isGreedy(segment)) {
      if (rest === '') return undefined;
      parameters[name] = rest;
      return parameters;
    }
    const part = given[index];
    if (part === undefined) return undefined;
    if (isVariable(segment)) {
      if (part === '') return undefined;
      parameters[name] = part;
    } else if (part !== segment) return undefined;
  }
  return wanted.length === given.length ? parameters : undefined;
}

const isVariable = (segment: string) => segment.startsWith('{');
const isGreedy = (segment: string) => segment.endsWith('+}');
