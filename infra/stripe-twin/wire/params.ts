import * as z from 'zod';

/** Building blocks of parameter schemas. Everything arrives as text; each block says what Stripe takes it for. */

/** An object that refuses what it does not name, as Stripe does (`parameter_unknown`). */
export const params = z.strictObject;

export const text = (max = 5_000) => z.string().min(1).max(max);

export const integer = (range: { min?: number; max?: number } = {}) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/, { error: 'integer' })
    .transform(Number)
    .pipe(
      z
        .number()
        .min(range.min ?? Number.MIN_SAFE_INTEGER)
        .max(range.max ?? Number.MAX_SAFE_INTEGER),
    );

/** Unix seconds. What looks like milliseconds is refused. */
export const unixTime = () => integer({ min: 0, max: 99_999_999_999 });

export const flag = () =>
  z
    .string()
    .regex(/^(true|false)$/, { error: 'boolean' })
    .transform(value => value === 'true');

/** Up to 12 decimal places, kept as text. */
export const decimal = () => z.string().regex(/^-?\d+(\.\d{1,12})?$/, { error: 'decimal' });

/** ISO code; Stripe takes any case and answers in lower case. */
export const currency = () =>
  z
    .string()
    .regex(/^[A-Za-z]{3}$/, { error: 'currency' })
    .transform(code => code.toLowerCase());

export const choice = <const Values extends readonly [string, ...string[]]>(...values: Values) => z.enum(values);

/** `''` unsets: the parsed value is `null`. */
export const clearable = <Piece extends z.ZodType>(piece: Piece) =>
  z.preprocess(value => (value === '' ? null : value), piece.nullable());

/** `name[0]=a&name[1]=b`, also `name[]=a`. */
export const listOf = <Piece extends z.ZodType>(piece: Piece, max = 1_000) =>
  z.preprocess(value => (isIndexed(value) ? Object.values(value) : value), z.array(piece).max(max));

function isIndexed(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.keys(value).every(key => /^\d+$/.test(key));
}

/** Up to 40 characters for a name and 500 for a value; `''` as a value removes the name, `''` for the whole removes all. */
export const metadata = () =>
  z.preprocess(value => (value === '' ? {} : value), z.record(z.string().min(1).max(40), z.string().max(500)));

/** `created=1` or `created[gte]=1&created[lt]=2`. */
export const timeRange = () =>
  z.preprocess(
    value => (typeof value === 'string' ? { gte: value, lte: value } : value),
    params({
      gt: unixTime().optional(),
      gte: unixTime().optional(),
      lt: unixTime().optional(),
      lte: unixTime().optional(),
    }),
  );

export interface TimeRange {
  readonly gt?: number | undefined;
  readonly gte?: number | undefined;
  readonly lt?: number | undefined;
  readonly lte?: number | undefined;
}

export function inRange(range: TimeRange | undefined, moment: number): boolean {
  if (!range) return true;
  if (range.gt !== undefined && moment <= range.gt) return false;
  if (range.gte !== undefined && moment < range.gte) return false;
  if (range.lt !== undefined && moment >= range.lt) return false;
  return range.lte === undefined || moment <= range.lte;
}

export interface PageParams {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
}

export const pageParams = {
  limit: integer({ min: 1, max: 100 }).optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
};
