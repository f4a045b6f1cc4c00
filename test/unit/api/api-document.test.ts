import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { apiDocument } from '#infra/build/api/api-document.ts';
import { API } from '#shared/api/api.ts';
import { PROBLEMS } from '#shared/api/problems.ts';
import { SHAPES, type Shape } from '#shared/api/shapes.ts';

const Paths = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      operationId: z.string(),
      security: z.array(z.record(z.string(), z.array(z.string()))),
      parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
      responses: z.record(z.string(), z.object({ description: z.string(), content: z.unknown().optional() })),
    }),
  ),
);

const document: unknown = JSON.parse(JSON.stringify(apiDocument()));
const { paths } = z.object({ paths: Paths }).parse(document);
const operations = API.flatMap(group => Object.entries(group.operations));
const shapes: readonly (readonly [string, Shape])[] = Object.entries(SHAPES);

describe('the API document', () => {
  test('is OpenAPI 3.1', async () => {
    const verdict = await new Validator().validate(z.record(z.string(), z.unknown()).parse(document));

    expect(verdict).toMatchObject({ valid: true });
  });

  test('names each operation once', () => {
    const names = Object.values(paths).flatMap(methods => Object.values(methods).map(({ operationId }) => operationId));

    expect(new Set(names).size).toBe(names.length);
    expect([...names].sort()).toEqual(operations.map(([name]) => name).sort());
  });

  test('asks for a key everywhere but on links, at the webhook and for itself', () => {
    const open = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { security }]) => (security.length === 0 ? [`${method} ${path}`] : [])),
    );

    expect(open.sort()).toEqual([
      'get /b/{token}',
      'get /docs',
      'get /pay/{token}',
      'get /v1/openapi.json',
      'head /b/{token}',
      'head /pay/{token}',
      'post /b/{token}',
      'post /b/{token}/code',
      'post /stripe/webhook',
    ]);
  });

  test('describes every part of a path', () => {
    for (const [path, methods] of Object.entries(paths)) {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(methods)) {
        expect(parameters.filter(one => one.in === 'path').map(({ name }) => name)).toEqual(parts);
      }
    }
  });

  test('gives every list the same two parameters', () => {
    const lists = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([method, { parameters }]) => method === 'get' && parameters.some(({ name }) => name === 'cursor'))
        .map(([, { parameters }]) => [path, parameters.filter(one => one.in === 'query').map(({ name }) => name)]),
    );

    expect(lists.map(([path]) => path)).toContain('/v1/accounts/{account}/records');
    for (const [, names] of lists) expect(names).toEqual(expect.arrayContaining(['limit', 'cursor']));
  });

  test('tells every problem that an operation names, under its status', () => {
    for (const [name, operation] of operations) {
      const described = paths[operation.path]?.[operation.method.toLowerCase()];
      for (const code of operation.problems ?? []) {
        expect(described?.responses[PROBLEMS[code].status]?.description, `${name}: ${code}`).toContain(`\`${code}\``);
      }
    }
  });
});

describe('examples', () => {
  test.each(shapes.filter(([, shape]) => 'schema' in shape))('of %s fit its schema', (_, shape) => {
    const parsed = 'schema' in shape ? shape.schema.safeParse(shape.example) : undefined;

    expect(parsed?.error).toBeUndefined();
    expect(parsed?.success).toBe(true);
  });

  const bodies = operations.flatMap(([name, operation]) => {
    const content = operation.scope === undefined ? operation.body : operation.body?.content();
    return content === undefined ? [] : [[name, content['application/json'], operation.example] as const];
  });

  test.each(bodies.filter(([, schema]) => schema !== undefined))(
    'of the body of %s fit its schema',
    (_, schema, body) => {
      expect(schema?.safeParse(body).error).toBeUndefined();
      expect(schema?.safeParse(body).success).toBe(true);
    },
  );
});
