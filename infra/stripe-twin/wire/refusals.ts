import type * as z from 'zod';
import { type ApiError, type ErrorBody, unstored } from './errors.ts';

type Issue = z.core.$ZodIssue;

/** Words the first thing wrong with the parameters as Stripe does. An unknown parameter is reported before anything else. */
export function refusalOf(issues: readonly Issue[], input: unknown): ApiError {
  const issue = issues.find(each => each.code === 'unrecognized_keys') ?? issues[0];
  return unstored(
    400,
    issue ? wordingOf(issue, input) : { type: 'invalid_request_error', message: 'Invalid request.' },
  );
}

function wordingOf(issue: Issue, input: unknown): ErrorBody {
  const param = bracketed(issue.path);
  const value = valueAt(input, issue.path);
  const refused = (message: string, code?: string): ErrorBody => ({
    type: 'invalid_request_error',
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === '' ? {} : { param }),
  });
  if (issue.code === 'unrecognized_keys')
    return unknownParameters(issue.keys.map(key => bracketed([...issue.path, key])));
  if (value === undefined) return refused(`Missing required param: ${param}.`, 'parameter_missing');
  if (value === '') return refused(emptyText(param), 'parameter_invalid_empty');
  const shown = typeof value === 'string' ? value : 'object';
  switch (issue.code) {
    case 'invalid_format':
      return refused(`Invalid ${issue.message}: ${shown}`, CODE_OF_FORMAT.get(issue.message));
    case 'invalid_value':
      return refused(`Invalid ${param}: must be one of ${issue.values.map(String).join(', ')}`);
    case 'too_big':
      return refused(tooBig(issue.origin, param, shown, Number(issue.maximum)));
    case 'too_small':
      return refused(`Invalid ${param}: must be at least ${issue.minimum}`);
    case 'custom':
      return refused(issue.message);
    default:
      return refused(`Invalid ${param}: ${shown}`);
  }
}

const CODE_OF_FORMAT = new Map([['integer', 'parameter_invalid_integer']]);

function unknownParameters(names: readonly string[]): ErrorBody {
  const word = names.length === 1 ? 'parameter' : 'parameters';
  const message = `Received unknown ${word}: ${names.join(', ')}`;
  return { type: 'invalid_request_error', message, code: 'parameter_unknown', param: names[0] ?? '' };
}

function emptyText(param: string): string {
  return (
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; ` +
    `however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`
  );
}

function tooBig(origin: string, param: string, shown: string, maximum: number): string {
  if (origin === 'string') return `Invalid string: ${shown.slice(0, 20)}...; must be at most ${maximum} characters`;
  if (origin === 'array') return `Array ${param} exceeded maximum ${maximum} allowed elements.`;
  return `Invalid ${param}: must be at most ${maximum}`;
}

function bracketed(path: readonly PropertyKey[]): string {
  return path.map((key, depth) => (depth === 0 ? String(key) : `[${String(key)}]`)).join('');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
