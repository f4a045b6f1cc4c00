import type { FailureDetail } from '#shared/platform/failure.ts';
import { UnreadableFile } from './unreadable-file.ts';

interface RefusedRow {
  readonly row: number;
  readonly errors: readonly FailureDetail[];
}

/** What says of a row that it is not even a row of the format; other codes are about what stands in it. */
const FORM_CODES: ReadonlySet<string> = new Set([
  'not-json',
  'malformed-csv',
  'quote-not-closed',
  'too-long',
  'unknown-field',
  'wrong-encoding',
  'wrong-type',
  'compressed',
  'too-few-columns',
  'malformed-line',
  'malformed-packet',
  'not-tap',
  'not-this-format',
]);

/** Rows that are all of another form: the file is another one than its source sends. */
export function isOfNoFormat(refusals: readonly RefusedRow[]): boolean {
  return refusals.length > 0 && refusals.every(({ errors }) => errors.every(isOfForm));
}

function isOfForm({ path, code }: FailureDetail): boolean {
  // A wrong header is told of by its columns; anything else about the form of a row is about all of it.
  return FORM_CODES.has(code) && (path === '' || code === 'unknown-field');
}

export function notThisFormat([first]: readonly RefusedRow[]): UnreadableFile {
  const said =
    first?.errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ') ?? '';
  return new UnreadableFile(
    'not-this-format',
    `Not one row is of the format of its source. Row ${first?.row ?? 1}: ${said}`.slice(0, 500),
  );
}
