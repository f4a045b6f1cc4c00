import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { API, type OperationGroup } from '#shared/api/api.ts';
import type { DescribedOpenOperation, DescribedOperation } from '#shared/api/declare.ts';
import { problemsOf } from './problems-of.ts';
import { requestOf } from './request-of.ts';
import { responsesOf } from './responses-of.ts';

const ABOUT = `Mobile billing on Stripe.

- JSON, UTF-8. Times are RFC 3339 with offset, returned in UTC. Amounts are decimal strings in major units beside a currency. Phone numbers are E.164, countries ISO 3166-1 alpha-2, networks MCC and MNC.
- Every operation but the open ones takes a key: \`Authorization: Bearer dk_...\`. A key has scopes; each operation names the one that it needs.
- Problems are RFC 9457 (\`application/problem+json\`) with a stable \`code\`; bad input is told field by field in \`errors\`. A 5xx says nothing of the inside. Every answer carries \`x-request-id\`.
- \`PUT\` can be repeated. \`POST\` takes an \`Idempotency-Key\`: the same key with the same request gives the first answer again, for two days.
- Lists take \`limit\` (default 50, at most 500) and \`cursor\`, and return \`{items, next}\`.
- A body has at most 4 MB as sent and 10 MB inflated; \`content-encoding: gzip\` is taken. Above 10 MB as sent the gateway refuses by itself: 413 without a \`code\`. Post in smaller batches. Unknown fields and unknown query parameters are refused.`;

/** The HTTP API as OpenAPI 3.1, from the same declarations that the functions and the stack's routes are made from. */
export function apiDocument() {
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Dunlin',
        version: '1',
        description: ABOUT,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: API.map(({ title }) => ({ name: title })),
      security: [{ key: [] }],
      paths: pathsOf(API),
      components: {
        securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, `dk_...`.' } },
      },
    },
    { allowEmptySchema: { unknown: true } },
  );
}

function pathsOf(groups: readonly OperationGroup[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { title, operations } of groups) {
    for (const [name, operation] of Object.entries(operations)) {
      const method = operation.method.toLowerCase();
      paths[operation.path] = { ...paths[operation.path], [method]: operationObject(title, name, operation) };
    }
  }
  return paths;
}

function operationObject(
  tag: string,
  name: string,
  operation: DescribedOperation | DescribedOpenOperation,
): ZodOpenApiOperationObject {
  const scope = operation.scope;
  const who = scope === undefined ? `Open ${operation.opens}.` : `Scope: \`${scope}\`.`;
  return {
    operationId: name,
    tags: [tag],
    summary: operation.summary,
    description: [operation.description, who].filter(Boolean).join('\n\n'),
    security: scope === undefined ? [] : [{ key: [] }],
    ...(scope !== undefined && { 'x-scope': scope }),
    ...requestOf(operation),
    responses: responsesOf(operation, problemsOf(operation)),
  };
}
