import * as z from 'zod';
import { jsonAnswer, type PartAnswer } from '../gateway/exchange.ts';
import { InvocationFailed } from '../runtime/worker.ts';

const Shaped = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** What API Gateway makes of a function's result: with a status code it is taken as it stands, else it is the JSON body. */
export function httpAnswer(result: unknown): PartAnswer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const shaped = Shaped.safeParse(result);
  if (!shaped.success) return INTERNAL_ERROR;
  const { statusCode, headers, cookies, body, isBase64Encoded } = shaped.data;
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    status: statusCode,
    headers: {
      ...(body !== '' && { 'content-type': 'text/plain; charset=utf-8' }),
      ...lower,
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** What the caller sees when the function gave no result. */
export function httpFailure(error: unknown): PartAnswer {
  if (error instanceof InvocationFailed && error.reason === 'timed-out') return UNAVAILABLE;
  return INTERNAL_ERROR;
}

export const NOT_FOUND = jsonAnswer(404, { message: 'Not Found' });
export const TOO_LARGE = jsonAnswer(413, { message: 'Request Entity Too Large' });
export const UNAVAILABLE = jsonAnswer(503, { message: 'Service Unavailable' });
const INTERNAL_ERROR = jsonAnswer(500, { message: 'Internal Server Error' });
