import * as z from 'zod';
import { cutText } from '../cut-text.ts';
import type { FailureDetail } from '../failure.ts';
import { nearestFirst } from '../nearest-name.ts';
import { plainWords, sentence } from './plain-words.ts';

const CODES: Readonly<Record<string, string>> = {
  invalid_type: 'wrong-type',
  invalid_value: 'not-allowed',
  invalid_format: 'wrong-format',
  invalid_union: 'no-alternative-matches',
  too_small: 'too-small',
  too_big: 'too-big',
  not_multiple_of: 'not-a-multiple',
};

/** How input is parsed of which faults are told: a missing field is told from a wrong one, in one voice. */
export const PARSING = { reportInput: true, error: plainWords } as const;

/**
 * What a caller is told about input that `schema` refuses (contract 1: `errors[]`). A check of our own names its code
 * by `params: { code }`. Parse with `PARSING`.
 */
export function failureDetails(error: z.ZodError, schema?: z.ZodType): FailureDetail[] {
  return error.issues.flatMap(issue => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      const known = schema === undefined ? [] : fieldsAt(schema, path);
      return issue.keys.map(key => unknownField([...path, key].join('/'), key, known));
    }
    const code = codeOf(issue);
    const message = code === 'required' ? 'The field is required.' : sentence(issue.message);
    return [{ path: path.join('/'), code, message }];
  });
}

function unknownField(path: string, key: string, known: readonly string[]): FailureDetail {
  const there = known.length === 0 ? '' : ` Known: ${nearestFirst(key, known).join(', ')}.`;
  return { path, code: 'unknown-field', message: `"${cutText(key, 100)}" is not a field here.${there}` };
}

/** The parameters of `sent` that `schema` does not have. */
export function unknownParameters(sent: Readonly<Record<string, unknown>>, schema: z.ZodObject): FailureDetail[] {
  const known = Object.keys(schema.shape);
  const there = (name: string) =>
    known.length === 0 ? 'It takes none.' : `Known: ${nearestFirst(name, known).join(', ')}.`;
  return Object.keys(sent)
    .filter(name => !known.includes(name))
    .map(name => ({
      path: name,
      code: 'unknown-parameter',
      message: `"${cutText(name, 100)}" is not a query parameter of this address. ${there(name)}`,
    }));
}

/** The fields of the object at this place of the schema; of a union those of all its members. */
export function fieldsAt(schema: z.core.$ZodType, path: readonly string[]): readonly string[] {
  const [step, ...rest] = path;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return fieldsAt(schema.unwrap(), path);
  }
  // What is made longer before it is read, or something else after.
  if (schema instanceof z.ZodPipe) return [...fieldsAt(schema.in, path), ...fieldsAt(schema.out, path)];
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.options.flatMap(option => fieldsAt(option, path)))];
  }
  if (schema instanceof z.ZodRecord)
    return step === undefined ? keysOf(schema.keyType) : fieldsAt(schema.valueType, rest);
  if (schema instanceof z.ZodArray) return fieldsAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (step === undefined) return Object.keys(schema.shape);
  const field: z.core.$ZodType | undefined = schema.shape[step];
  return field === undefined ? [] : fieldsAt(field, rest);
}

/** The names that a record can have, where they are fixed. */
function keysOf(keyType: z.core.$ZodType): readonly string[] {
  return keyType instanceof z.ZodEnum ? keyType.options.map(String) : [];
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code;
  return CODES[issue.code] ?? 'invalid';
}
