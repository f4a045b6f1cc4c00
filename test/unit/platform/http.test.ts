import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Conflict, Unavailable, UpstreamUnknown } from '#shared/platform/failure.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { jsonBody } from '#shared/platform/http/body.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { type HttpServices, route } from '#shared/platform/http/route.ts';
import { ask } from '#test/builders/http.ts';

interface Shelf extends HttpServices {
  readonly boxes: Map<string, string>;
}

const KEY = 'dk_reader';

function buildShelf(): Shelf {
  return {
    authenticate: async key =>
      key === KEY ? { keyDigest: 'd', scopes: ['accounts:read', 'accounts:write'] } : undefined,
    keptAnswers: (_, work) => work(),
    boxes: new Map([['pears', 'green']]),
  };
}

const getBox = route(
  {
    method: 'GET',
    path: '/v1/boxes/{box}',
    scope: 'accounts:read',
    params: z.object({ box: z.string().max(10) }),
    query: z.object({ limit: z.coerce.number().max(500).default(50) }),
  },
  ({ params, query }, catalogStore: Shelf) => ok({ color: catalogStore.boxes.get(params.box), limit: query.limit }),
);

const putBox = route(
  {
    method: 'PUT',
    path: '/v1/boxes/{box}',
    scope: 'accounts:write',
    params: z.object({ box: z.string() }),
    body: jsonBody(z.strictObject({ color: z.string(), size: z.number().optional() })),
  },
  async ({ params, body }, catalogStore: Shelf) => {
    catalogStore.boxes.set(params.box, body.color);
    return ok(body);
  },
);

const secret = route({ method: 'GET', path: '/v1/secret', scope: 'admin' }, () => ok({}));

const handler = httpFunction({ routes: [getBox, putBox, secret], services: buildShelf });

function failing(error: unknown) {
  const fails = route(
    {
      method: 'GET',
      path: '/v1/fails',
      scope: 'accounts:read',
    },
    () => {
      throw error;
    },
  );
  return httpFunction({ routes: [fails], services: buildShelf });
}

describe('a function behind the HTTP API', () => {
  it('gives a route its checked path, query and services', async () => {
    const answer = await ask(handler, { path: '/v1/boxes/pears?limit=7', key: KEY });

    expect(answer).toMatchObject({ status: 200, body: { color: 'green', limit: 7 } });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-request-id': 'request-1' });
  });

  it('reads names of headers in any case', async () => {
    const answer = await ask(handler, { path: '/v1/boxes/pears', headers: { Authorization: `bearer ${KEY}` } });

    expect(answer.status).toBe(200);
  });

  it.each([
    ['no key', { path: '/v1/boxes/pears' }, 401, 'unknown-key'],
    ['a wrong key', { path: '/v1/boxes/pears', key: 'dk_other' }, 401, 'unknown-key'],
    ['a missing scope', { path: '/v1/secret', key: KEY }, 403, 'missing-scope'],
    ['an unknown address', { path: '/v1/nothing', key: KEY }, 404, 'no-such-route'],
    ['a query out of range', { path: '/v1/boxes/pears?limit=501', key: KEY }, 400, 'invalid-query'],
    ['a path out of range', { path: '/v1/boxes/elevenchars', key: KEY }, 400, 'invalid-path'],
  ])('refuses %s as problem+json', async (_, request, status, code) => {
    const answer = await ask(handler, request);

    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:dunlin:problem:${code}` } });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-request-id': 'request-1',
    });
  });

  it.each([
    ['DELETE', '/v1/boxes/pears', 'GET, HEAD, PUT'],
    ['POST', '/v1/secret', 'GET, HEAD'],
    ['POST', '/v1/secret/', 'GET, HEAD'],
  ])('refuses %s at %s and says which methods there are', async (method, path, allow) => {
    const answer = await ask(handler, { method, path, key: KEY });

    expect(answer).toMatchObject({ status: 405, body: { code: 'method-not-allowed' }, headers: { allow } });
  });

  it('answers HEAD as GET, without the body', async () => {
    const found = await ask(handler, { method: 'HEAD', path: '/v1/boxes/pears', key: KEY });
    const refused = await ask(handler, { method: 'HEAD', path: '/v1/boxes/elevenchars', key: KEY });
    const keyless = await ask(handler, { method: 'HEAD', path: '/v1/boxes/pears' });

    expect(found).toMatchObject({ status: 200, text: '', headers: { 'content-type': 'application/json' } });
    expect(refused).toMatchObject({ status: 400, text: '', headers: { 'content-type': 'application/problem+json' } });
    expect(keyless).toMatchObject({ status: 401, text: '' });
  });

  it.each(['/v1/boxes', '/v1/boxes/', '/v1/boxes/pears/green', '/', '/v1/Secret'])('has nothing at %s', async path => {
    const answer = await ask(handler, { method: 'POST', path, key: KEY });

    expect(answer).toMatchObject({ status: 404, body: { code: 'no-such-route' } });
    expect(answer.headers).not.toHaveProperty('allow');
  });

  it('knows the addresses of other functions where it is told of them', async () => {
    const elsewhere = async () => [{ method: 'POST', path: '/v1/crates/{crate}/seal' }];
    const told = httpFunction({ routes: [secret], services: buildShelf, elsewhere });

    expect(await ask(told, { path: '/v1/crates/c-1/seal' })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(await ask(told, { path: '/v1/crates/c-1' })).toMatchObject({ status: 404 });
  });

  it('names every wrong field of a body', async () => {
    const answer = await ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, body: { size: 'x', weight: 1 } });

    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { path: 'color', code: 'required', message: 'The field is required.' },
      { path: 'size', code: 'wrong-type', message: 'Must be a number.' },
      { path: 'weight', code: 'unknown-field', message: expect.any(String) },
    ]);
  });

  it('never sends half a character back', async () => {
    const body = '{"color":"red","a\\ud83d":1,"b\\\\ud83d":1}';

    const { text } = await ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, body });

    expect(text).toContain('"path":"a\uFFFD"');
    // A backslash and letters are no half character.
    expect(text).toContain('"path":"b\\\\ud83d"');
  });

  it('refuses a query parameter that there is not, and says which there are, the likely one first', async () => {
    const answer = await ask(handler, { path: '/v1/boxes/pears?limt=7', key: KEY });
    const none = await ask(handler, { method: 'PUT', path: '/v1/boxes/a?limit=7', key: KEY, body: { color: 'red' } });

    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
    expect(answer.body.errors).toEqual([
      {
        path: 'limt',
        code: 'unknown-parameter',
        message: '"limt" is not a query parameter of this address. Known: limit.',
      },
    ]);
    expect(none.body.errors).toMatchObject([{ path: 'limit', message: expect.stringContaining('It takes none.') }]);
  });

  it('says of an unknown field which ones there are, the likely one first', async () => {
    const answer = await ask(handler, {
      method: 'PUT',
      path: '/v1/boxes/a',
      key: KEY,
      body: { color: 'red', sise: 1 },
    });

    expect(answer.body.errors).toEqual([
      { path: 'sise', code: 'unknown-field', message: '"sise" is not a field here. Known: size, color.' },
    ]);
  });

  it.each([
    ['no JSON', { body: '{"color":' }, 400, 'not-json'],
    ['another type', { body: 'a', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-content-type'],
    ['no type', { body: '{}', headers: { 'content-type': '' } }, 415, 'unsupported-content-type'],
    [
      'another charset',
      { body: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
      415,
      'unsupported-charset',
    ],
    ['another encoding', { body: '{}', headers: { 'content-encoding': 'br' } }, 415, 'unsupported-encoding'],
    ['bytes that are not gzip', { body: '{}', headers: { 'content-encoding': 'gzip' } }, 400, 'not-gzip'],
    ['bytes that are not UTF-8', { body: Uint8Array.of(0x22, 0xff, 0x22) }, 400, 'not-utf-8'],
    // The gateway has decoded `{"color":"gr\xfcn"}`, which is Latin-1.
    ['text that was not UTF-8', { body: '{"color":"gr\uFFFDn"}' }, 400, 'not-utf-8'],
    ['a million brackets', { body: '['.repeat(1_000_000) + ']'.repeat(1_000_000) }, 400, 'nested-too-deep'],
    ['5 MB', { body: ' '.repeat(5 * 1024 * 1024) }, 413, 'body-too-large'],
    ['a bomb', { body: ' '.repeat(11 * 1024 * 1024), gzip: true }, 413, 'body-too-large'],
  ])('refuses a body of %s', async (_, request, status, code) => {
    const answer = await ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, ...request });

    expect(answer).toMatchObject({ status, body: { code } });
  });

  it.each([
    ['{"color": "red",, "size": 1}', 'The body is not JSON: "," is not expected at line 1, column 17.'],
    ['{"color":\n "red"', 'The body is not JSON: it ends too early, at line 2, column 7.'],
    [' ', 'The body is not JSON: it is empty.'],
  ])('says where a body is not JSON: %j', async (body, detail) => {
    expect(await ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, body })).toMatchObject({
      status: 400,
      body: { code: 'not-json', detail },
    });
  });

  it('takes the mark that Windows tools put before UTF-8, compressed or not', async () => {
    const body = '\uFEFF{"color":"red"}';

    const plain = await ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, body });
    const zipped = await ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, body, gzip: true });

    expect([plain.body, zipped.body]).toEqual([{ color: 'red' }, { color: 'red' }]);
  });

  it('reads a gzip body, and a base64 body as bytes', async () => {
    const color = 'grün';

    const zipped = await ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, body: { color }, gzip: true });
    const bytes = Buffer.from(JSON.stringify({ color }));
    const plain = await ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, body: bytes });

    expect([zipped.body, plain.body]).toEqual([{ color }, { color }]);
  });

  it('takes a body of exactly 4 MB and refuses one byte more', async () => {
    const frame = '{"color":""}'.length;
    const fill = (bytes: number) => JSON.stringify({ color: 'x'.repeat(bytes - frame) });
    const put = (body: string) => ask(handler, { method: 'PUT', path: '/v1/boxes/a', key: KEY, body });

    expect((await put(fill(4_194_304))).status).toBe(200);
    expect((await put(fill(4_194_305))).status).toBe(413);
  });

  it('stops inflating at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    const before = process.memoryUsage().arrayBuffers;

    const answer = await ask(handler, {
      method: 'PUT',
      path: '/v1/boxes/a',
      key: KEY,
      body: bomb,
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
    });

    expect(answer.status).toBe(413);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * 1024 * 1024);
  });

  it.each([
    ['an unexpected error', new Error('table dunlin-pages burnt'), 500, 'internal'],
    ['an outage', new Unavailable('secret-missing', 'The secret is missing.'), 503, 'unavailable'],
    ['an unknown outcome', new UpstreamUnknown('stripe-timeout', 'Stripe timed out.'), 502, 'outcome-unknown'],
  ])('says nothing of the inside on %s', async (_, error, status, code) => {
    const answer = await ask(failing(error), { path: '/v1/fails', key: KEY });

    expect(answer).toMatchObject({ status, body: { code } });
    expect(JSON.stringify(answer.body)).not.toMatch(/burnt|secret|stripe/i);
  });

  it('tells the caller code and detail of a failure that the caller can mend', async () => {
    const answer = await ask(failing(new Conflict('number-taken', 'The number is in use.')), {
      path: '/v1/fails',
      key: KEY,
    });

    expect(answer).toMatchObject({ status: 409, body: { code: 'number-taken', detail: 'The number is in use.' } });
  });

  it('answers 503 while it cannot start, and starts at a later call', async () => {
    let attempts = 0;
    const late = httpFunction({
      routes: [getBox],
      services: () => {
        attempts += 1;
        if (attempts === 1) throw new Error('not yet');
        return buildShelf();
      },
    });

    const first = await ask(late, { path: '/v1/boxes/pears', key: KEY });
    const second = await ask(late, { path: '/v1/boxes/pears', key: KEY });
    const third = await ask(late, { path: '/v1/boxes/pears', key: KEY });

    expect([first.status, second.status, third.status, attempts]).toEqual([503, 200, 200, 2]);
  });
});
