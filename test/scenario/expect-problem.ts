import { expect } from 'vitest';
import type { Heard } from '#test/parts/outsider.ts';

/** RFC 9457, as contract section 1 has it, with nothing beside. */
export function expectProblem({ headers, body }: Heard, status: number, code: string): void {
  expect(body).toEqual({
    type: expect.any(String),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    code,
    ...('errors' in body && { errors: expect.any(Array) }),
  });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('x-request-id')).toMatch(/.{8,}/);
}
