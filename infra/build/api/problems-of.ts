import type { DescribedOpenOperation, DescribedOperation } from '#shared/api/declare.ts';
import type { ProblemCode } from '#shared/api/problems.ts';

/** Whatever an operation does, this may come of it. */
const ALWAYS: readonly ProblemCode[] = ['busy', 'internal', 'unavailable'];
const WITH_A_KEY: readonly ProblemCode[] = ['unknown-key', 'missing-scope', 'invalid-query'];
const WITH_A_BODY: readonly ProblemCode[] = [
  'not-json',
  'not-gzip',
  'not-utf-8',
  'nested-too-deep',
  'body-too-large',
  'unsupported-content-type',
  'unsupported-charset',
  'unsupported-encoding',
  'invalid-body',
];
const WITH_AN_IDEMPOTENCY_KEY: readonly ProblemCode[] = [
  'invalid-idempotency-key',
  'idempotency-key-reused',
  'in-progress',
];

/** The problems that an operation may return: those that its declaration brings with it, and those that it names. */
export function problemsOf(operation: DescribedOperation | DescribedOpenOperation): readonly ProblemCode[] {
  const named = operation.problems ?? [];
  // What browsers follow is told as a page (`failed` of their function), and stands among the answers.
  if (operation.scope === undefined) return operation.opens === 'by its signed link' ? named : [...named, ...ALWAYS];
  return [
    ...WITH_A_KEY,
    ...(operation.params === undefined ? [] : (['invalid-path'] as const)),
    ...(operation.body === undefined ? [] : WITH_A_BODY),
    ...(takesIdempotencyKey(operation) ? WITH_AN_IDEMPOTENCY_KEY : []),
    ...named,
    ...ALWAYS.filter(code => !named.includes(code)),
  ];
}

export function takesIdempotencyKey({ method, idempotencyKey }: DescribedOperation): boolean {
  return method === 'POST' && idempotencyKey !== 'ignored';
}
