import { Failure, MethodNotAllowed } from '../failure.ts';
import type { Answer } from './answer.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthenticated',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Unprocessable',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'Outcome unknown',
  503: 'Unavailable',
};

/** What a 5xx may say: nothing of the inside. */
const OURS: Readonly<Record<number, { code: string; detail: string }>> = {
  500: { code: 'internal', detail: 'Something went wrong here; the request id finds it in the logs.' },
  502: {
    code: 'outcome-unknown',
    detail: 'It is not known whether the request took effect; the same request is safe.',
  },
  503: { code: 'unavailable', detail: 'Not available at the moment; the same request is safe later.' },
};

/**
 * RFC 9457 (contract 1). The only place that turns a failure into an HTTP answer. `more` are members of this answer
 * beside the standard ones.
 */
export function problemAnswer(error: unknown, more: Readonly<Record<string, unknown>> = {}): Answer {
  const failure = error instanceof Failure ? error : undefined;
  const status = failure?.status ?? 500;
  const { code, detail } = OURS[status] ?? {
    code: failure?.code ?? 'internal',
    detail: failure?.safeDetail ?? '',
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(failure instanceof MethodNotAllowed && { allow: failure.allow.join(', ') }),
      ...(status === 429 && { 'retry-after': '1' }),
      ...(status === 503 && { 'retry-after': '10' }),
    },
    body: {
      ...more,
      type: `urn:dunlin:problem:${code}`,
      title: TITLES[status] ?? 'Error',
      status,
      detail,
      code,
      ...(failure !== undefined && failure.errors.length > 0 && { errors: failure.errors }),
    },
  };
}
