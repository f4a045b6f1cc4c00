import * as z from 'zod';
import { COLUMN_UNITS, TEXT_FORMS } from '../usage-source.ts';
import { Id, Text } from './source-scalars.ts';

/**
 * `sources:` as the operator writes it (contract section 4). A field is a column's name, a list of columns of which the
 * first with a value counts, or a mapping with more to say.
 */
const Count = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a whole number')
  .transform(Number);
const Seconds = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,3})?$/, 'must be a number of seconds')
  .transform(Number);
const Limit = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,6})?$/, 'must be a number')
  .transform(Number);
const YesOrNo = z.enum(['true', 'false']).transform(text => text === 'true');
const List = z.preprocess(value => (typeof value === 'string' ? [value] : value), z.array(z.string()).min(1));

/** What stands there in short is this member of the mapping. */
function inShort<S extends z.ZodType>(member: string, schema: S) {
  const isShort = (value: unknown) => typeof value === 'string' || Array.isArray(value);
  return z.preprocess(value => (isShort(value) ? { [member]: value } : value), schema);
}

const Condition = inShort(
  'is',
  z.strictObject({
    is: List.optional(),
    not: List.optional(),
    begins: List.optional(),
    contains: List.optional(),
    above: Limit.optional(),
    below: Limit.optional(),
    empty: YesOrNo.optional(),
  }),
);

/** Column → what it must be; all of them, or all of one of several. */
const When = z.preprocess(
  value => (typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value),
  z.array(z.record(Text, Condition)).min(1),
);

const TextUse = {
  column: List.optional(),
  join: z.string().optional(),
  as: z.enum(TEXT_FORMS).optional(),
  value: Text.optional(),
};
const TextField = z.strictObject({
  ...TextUse,
  cases: z.array(inShort('column', z.strictObject({ ...TextUse, when: When.optional() }))).optional(),
});
const Texts = inShort('column', TextField);

/** These words are what they say; a column of this name is written `{ column: data }`. */
const textOrWord = (words: readonly string[]) =>
  z.preprocess(
    value => (typeof value === 'string' && words.includes(value) ? { value } : value),
    inShort('column', TextField),
  );

const TimeUse = {
  column: List,
  format: Text.optional(),
  zone: Text.optional(),
  overlap: z.enum(['earlier', 'later', 'refuse']).optional(),
};
const Moment = inShort('column', z.strictObject(TimeUse));
const Moments = inShort(
  'column',
  z.strictObject({
    ...TimeUse,
    column: TimeUse.column.optional(),
    cases: z.array(inShort('column', z.strictObject({ ...TimeUse, when: When.optional() }))).optional(),
  }),
);

const Added = z.preprocess(
  value => (typeof value === 'string' ? { low: value } : value),
  z.strictObject({ low: Text, high: Text.optional() }),
);
const QuantityUse = {
  column: z.preprocess(value => (Array.isArray(value) ? value : [value]), z.array(Added).min(1)).optional(),
  value: Count.optional(),
  unit: z.enum(Object.keys(COLUMN_UNITS) as [keyof typeof COLUMN_UNITS]).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
  tolerance: Seconds.optional(),
  round: z.enum(['up', 'down', 'half']).optional(),
};
const Quantities = inShort(
  'column',
  z.strictObject({
    ...QuantityUse,
    cases: z.array(inShort('column', z.strictObject({ ...QuantityUse, when: When.optional() }))).optional(),
  }),
);

const Layout = z.strictObject({
  delimiter: z
    .string()
    .transform(text => (text === '\\t' || text === 'tab' ? '\t' : text))
    .refine(text => text.length === 1, 'must be one character, or "tab"')
    .optional(),
  quote: z.string().max(1, 'must be one character, or empty').optional(),
  quoting: z.enum(['lenient', 'strict']).optional(),
  encoding: Text.optional(),
  lineEnd: z.enum(['lf', 'cr']).optional(),
  skip: Count.optional(),
  skipAfterHeader: Count.optional(),
  header: YesOrNo.optional(),
  columns: z.array(Text).min(1).optional(),
  comment: Text.optional(),
  nulls: List.optional(),
  records: Text.optional(),
  percentEncoded: YesOrNo.optional(),
});

export const MappingSource = z.strictObject({
  file: Layout.optional(),
  leaveOut: z.record(Id, z.union([z.literal('off'), When])).optional(),
  rows: z
    .strictObject({
      of: List,
      keep: z.enum(['first', 'last', 'longest', 'sum']),
      within: Count.optional(),
    })
    .optional(),
  id: Texts.optional(),
  line: Texts.optional(),
  kind: textOrWord(['voice', 'sms', 'mms', 'data']).optional(),
  direction: textOrWord(['out', 'in']).optional(),
  peer: Texts.optional(),
  startedAt: Moments.optional(),
  seconds: Quantities.optional(),
  bytes: Quantities.optional(),
  count: Quantities.optional(),
  network: Texts.optional(),
  session: Texts.optional(),
  sequence: Quantities.optional(),
  cost: z.strictObject({ amount: Texts, currency: Texts }).optional(),
  voids: Texts.optional(),
});

export const UsageSourceSource = z.strictObject({
  name: Id,
  expects: z.enum(['true', 'false']).default('false'),
  format: Text.optional(),
  zone: Text.optional(),
  country: Text.optional(),
  numbers: z
    .strictObject({
      trunk: z
        .string()
        .regex(/^\d{0,3}$/, 'must be digits, or empty')
        .optional(),
      international: List.optional(),
      shortCodeLength: Count.optional(),
    })
    .optional(),
  sessions: z.enum(['delta', 'cumulative']).optional(),
  mapping: MappingSource.optional(),
  tadig: z.record(Text, Text).optional(),
});

export type MappingSource = z.infer<typeof MappingSource>;
export type UsageSourceSource = z.infer<typeof UsageSourceSource>;
