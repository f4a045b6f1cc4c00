import type * as z from 'zod';
import type { FailureDetail } from '../failure.ts';

const CODES: Readonly<Record<string, string>> = {
  invalid_type: 'wrong-type',
  invalid_value: 'not-allowed',
  invalid_format: 'wrong-format',
  invalid_union: 'no-alternative-matches',
  too_small: 'too-small',
  too_big: 'too-big',
  not_multiple_of: 'not-a-multiple',
};

/**
 * What a caller is told about input that a schema refuses (contract 1: `errors[]`). A check of our own names its code
 * by `params: { code }`. Parse with `{ reportInput: true }`, so that a missing field is told from a wrong one.
 */
export function failureDetails(error: z.ZodError): FailureDetail[] {
  return error.issues.flatMap(issue => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        path: [...path, key].join('/'),
        code: 'unknown-field',
        message: 'There is no such field.',
      }));
    }
    const code = codeOf(issue);
    return [{ path: path.join('/'), code, message: code === 'required' ? 'The field is required.' : issue.message }];
  });
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code;
  return CODES[issue.code] ?? 'invalid';
}
