import type * as z from 'zod';
import { nearestFirst } from '../nearest-name.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  record: 'an object',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a day such as 2026-12-24',
  datetime: 'an RFC 3339 time with offset, such as 2026-11-01T08:00:00Z',
  url: 'a web address',
  email: 'an e-mail address',
};

const MOST_CHOICES = 40;

/**
 * What a schema asks for, in the words of this API (`must be at least 0`) instead of the library's. A schema's own
 * message wins. For `safeParse(value, { error: plainWords })`; `undefined` leaves the library its word.
 */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${bound(issue.origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return `must ${bound(issue.origin, 'at most', issue.maximum)}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values.map(String), issue.input)}`;
    case 'invalid_format': {
      const format = FORMATS[issue.format];
      return format === undefined ? undefined : `must be ${format}`;
    }
    case 'invalid_union':
      return 'has none of the forms that this field may have';
    default:
      return undefined;
  }
}

/** `must be at least 0` → `Must be at least 0.` */
export function sentence(words: string): string {
  const capital = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}

function bound(origin: string, which: string, limit: number | bigint): string {
  if (origin === 'string') return `have ${which} ${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `have ${which} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `be ${which} ${limit}`;
}

function oneOf(values: readonly string[], input: unknown): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  const ordered = typeof input === 'string' ? nearestFirst(input, values) : values;
  const more = ordered.length > MOST_CHOICES ? ', ...' : '';
  return `one of: ${ordered.slice(0, MOST_CHOICES).join(', ')}${more}`;
}
