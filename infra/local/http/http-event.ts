import { randomBytes } from 'node:crypto';
import type { Instant } from '#shared/platform/instant.ts';
import type { PartRequest } from '../gateway/exchange.ts';
import type { RouteMatch } from './routes.ts';

const TEXT_TYPE = /^(text\/|application\/(json|xml|javascript)(;|$))/i;

/**
 * The event of payload format 2.0. As API Gateway does it: the path arrives decoded, the query string as sent and,
 * decoded, by name; a body is text only for `text/*`, JSON, XML and JavaScript without a content encoding, anything
 * else (also without a content type) is base64.
 */
export function httpEvent(
  request: PartRequest,
  { route, pathParameters }: RouteMatch,
  options: { sourceIp: string; now: Instant },
): object {
  const { pathname, search, searchParams } = new URL(request.url, 'http://api');
  const { cookie, ...headers } = request.headers;
  const rawPath = decode(pathname);
  const query: Record<string, string> = {};
  for (const [name, value] of searchParams) query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  const isText = TEXT_TYPE.test(headers['content-type'] ?? '') && headers['content-encoding'] === undefined;
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath,
    rawQueryString: search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(search.length > 1 && { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: options.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomBytes(11).toString('base64url'),
      routeKey: route.routeKey,
      stage: '$default',
      time: commonLogTime(options.now),
      timeEpoch: options.now,
    },
    ...(request.body.length > 0 && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

export function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `12/Mar/2026:19:03:58 +0000` */
function commonLogTime(now: Instant): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
