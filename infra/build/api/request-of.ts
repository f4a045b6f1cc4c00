import * as z from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { DescribedOpenOperation, DescribedOperation } from '#shared/api/declare.ts';
import { takesIdempotencyKey } from './problems-of.ts';

const IdempotencyKey = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional()
    .describe('The same key with the same request gives the first answer again, for two days.'),
});

type Request = Pick<ZodOpenApiOperationObject, 'requestParams' | 'requestBody'>;

/** The parameters and the body of an operation. */
export function requestOf(operation: DescribedOperation | DescribedOpenOperation): Request {
  const { params, query } = operation;
  const header = operation.scope !== undefined && takesIdempotencyKey(operation) ? IdempotencyKey : undefined;
  const body = bodyOf(operation);
  return {
    requestParams: {
      ...(params instanceof z.ZodObject && { path: params }),
      ...(query !== undefined && { query }),
      ...(header !== undefined && { header }),
    },
    ...(body !== undefined && { requestBody: body }),
  };
}

function bodyOf(operation: DescribedOperation | DescribedOpenOperation): Request['requestBody'] {
  const { body } = operation;
  if (body === undefined) return undefined;
  const [schemas, required] =
    operation.scope === undefined ? [operation.body, true] : [operation.body?.content(), !operation.body?.mayBeLeftOut];
  const content = Object.entries(schemas ?? {}).map(([type, schema]) => {
    const isJson = type === 'application/json' && operation.example !== undefined;
    return [type, { schema, ...(isJson && { example: operation.example }) }] as const;
  });
  return { required, content: Object.fromEntries(content) };
}
