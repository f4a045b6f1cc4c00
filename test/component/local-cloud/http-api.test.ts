import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { matchRoute } from '#infra/local/http/routes.ts';
import { useSmallCloud } from './small-cloud.ts';

const small = useSmallCloud();

const Echo = z.object({
  event: z.object({
    routeKey: z.string(),
    rawPath: z.string(),
    rawQueryString: z.string(),
    headers: z.record(z.string(), z.string()),
    queryStringParameters: z.record(z.string(), z.string()).optional(),
    pathParameters: z.record(z.string(), z.string()).optional(),
    requestContext: z.object({
      http: z.object({ method: z.string(), sourceIp: z.string() }),
      timeEpoch: z.number(),
      time: z.string(),
    }),
    body: z.string().optional(),
    isBase64Encoded: z.boolean(),
  }),
});

async function eventOf(path: string, init: RequestInit = {}) {
  const response = await fetch(`${small.cloud.api}${path}`, init);
  return Echo.parse(await response.json()).event;
}

describe('the event of an HTTP call', () => {
  test('has path, parameters, query and headers as API Gateway shapes them', async () => {
    const event = await eventOf('/things/a%2Bb?x=1&x=2&y=%20z', { headers: { 'X-Mixed-Case': 'Value' } });

    expect(event).toMatchObject({
      routeKey: 'GET /things/{thing}',
      rawPath: '/things/a+b',
      rawQueryString: 'x=1&x=2&y=%20z',
      queryStringParameters: { x: '1,2', y: ' z' },
      pathParameters: { thing: 'a+b' },
      isBase64Encoded: false,
    });
    expect(event.headers['x-mixed-case']).toBe('Value');
    expect(event).not.toHaveProperty('body');
  });

  test('tells domain time', async () => {
    const { requestContext } = await eventOf('/things/x');

    expect(requestContext).toMatchObject({ timeEpoch: Date.UTC(2026, 10, 1), time: '01/Nov/2026:00:00:00 +0000' });
  });

  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/plain', false],
    ['application/x-ndjson', true],
    ['application/octet-stream', true],
  ])('has a body of type %s in base64: %s', async (type, isBase64Encoded) => {
    const event = await eventOf('/files/a/b', { method: 'POST', body: '{"å":1}', headers: { 'content-type': type } });

    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe('{"å":1}');
    expect(event.pathParameters).toEqual({ path: 'a/b' });
  });

  test('has a compressed body in base64, as it was sent', async () => {
    const body = gzipSync('{"a":1}');
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const event = await eventOf('/files/x', { method: 'PUT', body, headers });

    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? '', 'base64').equals(body)).toBe(true);
  });

  test('does not exist where no route matches', async () => {
    const response = await fetch(`${small.cloud.api}/nothing`);

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Not Found' });
  });
});

describe('which route is taken', () => {
  const keys = ['GET /a/{x}', 'GET /a/b', 'ANY /a/{rest+}', 'ANY /a/b', '$default', 'GET /a/{x}/c'];
  const routes = keys.map(routeKey => ({ routeKey, function: 'f', timeoutMs: 1 }));

  test.each([
    ['GET', '/a/b', 'GET /a/b'],
    ['POST', '/a/b', 'ANY /a/b'],
    ['GET', '/a/other', 'GET /a/{x}'],
    ['POST', '/a/other', 'ANY /a/{rest+}'],
    ['GET', '/a/other/c', 'GET /a/{x}/c'],
    ['GET', '/a/other/d', 'ANY /a/{rest+}'],
    ['GET', '/a/', '$default'],
    ['GET', '/', '$default'],
  ])('%s %s → %s', (method, path, expected) => {
    expect(matchRoute(routes, method, path)?.route.routeKey).toBe(expected);
  });
});
