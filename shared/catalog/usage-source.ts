import * as z from 'zod';

/**
 * A source of usage and how its files are read (contract section 4), compiled. Every name of a column is that of the
 * file: a header's, a place (`1` is the first), a path into JSON (`sim.iccid`), an attribute.
 */
export const FILE_FORMATS = [
  'csv',
  'ndjson',
  'asterisk-csv',
  'freeswitch-csv',
  'freeswitch-json',
  'kamailio-acc',
  'kamailio-cdrs',
  'radius-detail',
  'kannel',
  'twilio-csv',
  'emnify',
  '1nce',
  'cucm',
  'tap3',
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** What one column must be; each member that is there must hold. */
const ColumnTest = z.strictObject({
  column: z.string(),
  is: z.array(z.string()).optional(),
  isNot: z.array(z.string()).optional(),
  begins: z.array(z.string()).optional(),
  contains: z.array(z.string()).optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  empty: z.boolean().optional(),
});

/** One of these holds, each with all of its tests; without any: always. */
const When = z.array(z.array(ColumnTest));

/** How a text is written as a record's field. */
export const TEXT_FORMS = [
  'text',
  'number',
  /** Nothing where it is a word: senders of texts have names. */
  'number-if-any',
  'imsi',
  'iccid',
  'line',
  'network',
  /** Without its minus: a price as the debit that it is. */
  'negated',
  'capitals',
] as const;

const TextCase = z.strictObject({
  when: When,
  /** A constant, in place of columns. */
  value: z.string().optional(),
  columns: z.array(z.string()),
  /** All columns with this between them; without it the first that has a value. */
  join: z.string().optional(),
  as: z.enum(TEXT_FORMS).optional(),
});

/** Formats of a stamp that have a name. */
export const TIME_FORMATS = ['auto', 'epoch-s', 'epoch-ms', 'epoch-us', 'rfc-2822'] as const;

/**
 * What a pattern of a stamp is made of, longer tokens first: `MMM` is Jan, `S` a fraction of the second, `A` AM or PM,
 * `Z` an offset, `z` the letters of a zone, `W` a weekday.
 */
export const TIME_TOKENS = [
  'YYYY',
  'YY',
  'MMM',
  'MM',
  'M',
  'DD',
  'D',
  'HH',
  'H',
  'hh',
  'h',
  'mm',
  'ss',
  'S',
  'A',
  'Z',
  'z',
  'W',
] as const;
export type TimeToken = (typeof TIME_TOKENS)[number];

const TimeCase = z.strictObject({
  when: When,
  /** Joined by a blank: date and time may stand apart. */
  columns: z.array(z.string()).min(1),
  /** `auto`, `epoch-s`, `epoch-ms`, `epoch-us`, `rfc-2822`, or a pattern such as `DD/MM/YYYY HH:mm:ss`. */
  format: z.string(),
  zone: z.string().optional(),
  /** Which of two equal local times, where clocks go back. */
  overlap: z.enum(['earlier', 'later', 'refuse']).optional(),
});

export const COLUMN_UNITS = {
  s: '1',
  ms: '0.001',
  us: '0.000001',
  min: '60',
  h: '3600',
  clock: '1',
  B: '1',
  kB: '1000',
  KB: '1000',
  MB: '1000000',
  GB: '1000000000',
  KiB: '1024',
  MiB: '1048576',
  GiB: '1073741824',
} as const;
const Unit = z.enum(Object.keys(COLUMN_UNITS) as [keyof typeof COLUMN_UNITS, ...(keyof typeof COLUMN_UNITS)[]]);

const QuantityCase = z.strictObject({
  when: When,
  value: z.int().nonnegative().optional(),
  /** Added up. `high` counts 2^32 (RADIUS Gigawords). */
  add: z.array(z.strictObject({ column: z.string(), high: z.string().optional() })),
  unit: Unit.optional(),
  /** Seconds from one moment to another; where there are columns too, both must agree. */
  between: z.strictObject({ from: z.array(TimeCase), to: z.array(TimeCase) }).optional(),
  /** Seconds by which the two may differ, or the end may lie before the start. */
  tolerance: z.number().nonnegative().optional(),
  round: z.enum(['up', 'down', 'half']).optional(),
});

const Texts = z.array(TextCase);
const Quantities = z.array(QuantityCase);

/** Where each field of a record comes from: the first case that fits and has a value. */
const FieldMappings = z.strictObject({
  id: Texts.optional(),
  line: Texts.optional(),
  kind: Texts.optional(),
  direction: Texts.optional(),
  peer: Texts.optional(),
  startedAt: z.array(TimeCase).optional(),
  seconds: Quantities.optional(),
  bytes: Quantities.optional(),
  count: Quantities.optional(),
  network: Texts.optional(),
  session: Texts.optional(),
  sequence: Quantities.optional(),
  cost: z.strictObject({ amount: Texts, currency: Texts }).optional(),
  voids: Texts.optional(),
});

const FileLayout = z.strictObject({
  delimiter: z.string().length(1).optional(),
  quote: z.string().max(1).optional(),
  /** `strict` refuses a row with a quote in the wrong place. */
  quoting: z.enum(['lenient', 'strict']).optional(),
  encoding: z.string().optional(),
  lineEnd: z.enum(['lf', 'cr']).optional(),
  /** Lines before the header, or before the first row. */
  skip: z.int().nonnegative().optional(),
  /** Lines between the header and the first row. */
  skipAfterHeader: z.int().nonnegative().optional(),
  header: z.boolean().optional(),
  /** Names by place, where there is no header. */
  columns: z.array(z.string()).optional(),
  /** Lines that begin with it are passed over. */
  comment: z.string().optional(),
  nulls: z.array(z.string()).optional(),
  /** Where the records of a JSON document are: `data.calls`. */
  records: z.string().optional(),
  percentEncoded: z.boolean().optional(),
});

export const SourceMapping = z.strictObject({
  file: FileLayout.optional(),
  fields: FieldMappings.optional(),
  /** Rows that are not usage, told by rule. The first that holds. `off`: the format's own rule does not count. */
  leaveOut: z.array(z.strictObject({ id: z.string(), when: When, off: z.boolean().optional() })).optional(),
  /** Several rows of one call are one record. */
  rows: z
    .strictObject({
      of: z.array(z.string()).min(1),
      /** `span`: the first, and the last one's columns under `end.`. */
      keep: z.enum(['first', 'last', 'longest', 'sum', 'span']),
      /** How many rows later a call is complete. */
      within: z.int().positive(),
      /** Of `span`: which rows begin a call. */
      opens: When.optional(),
    })
    .optional(),
});

export const NumberRules = z.strictObject({
  /** Digits of the country, `46`. */
  callingCode: z.string().optional(),
  /** In front of national numbers; empty: they have none. */
  trunk: z.string().optional(),
  /** In front of foreign numbers: `00`. */
  international: z.array(z.string()),
  /** Numbers of at most so many digits are short codes. */
  shortCodeLength: z.int().nonnegative(),
});

/** Who sends usage. */
export const UsageSource = z.strictObject({
  name: z.string(),
  /** It goes on reporting past a period's end: an invoice waits for it. */
  expects: z.boolean(),
  // A source that only posts has none of these.
  /** None: NDJSON or CSV with the record's own names, told by how the file begins. */
  format: z.enum(FILE_FORMATS).optional(),
  /** IANA zone of local stamps. */
  zone: z.string().optional(),
  country: z.string().optional(),
  numbers: NumberRules.optional(),
  /** Whether parts of a session add up, or the highest counts. */
  sessions: z.enum(['delta', 'cumulative']).optional(),
  mapping: SourceMapping.optional(),
  /** TADIG code of a sender → its network. */
  tadig: z.record(z.string(), z.string()).optional(),
});

export type UsageSource = z.infer<typeof UsageSource>;
export type SourceMapping = z.infer<typeof SourceMapping>;
export type FileLayout = z.infer<typeof FileLayout>;
export type FieldMappings = z.infer<typeof FieldMappings>;
export type TextCase = z.infer<typeof TextCase>;
export type TimeCase = z.infer<typeof TimeCase>;
export type QuantityCase = z.infer<typeof QuantityCase>;
export type ColumnTest = z.infer<typeof ColumnTest>;
export type When = z.infer<typeof When>;
export type NumberRules = z.infer<typeof NumberRules>;
