import * as z from 'zod';

/** Contract 2.1, field by field. What fields demand of each other is checked by `checkRecord`. */
const E164 = /^\+[1-9]\d{4,14}$/;
const SHORT_CODE = /^\d{1,8}$/;

/** `+msisdn`, `imsi:...`, `iccid:...` or `line:<lineId>`. */
export const SERVICE_IDENTIFIER =
  /^(?:\+[1-9]\d{4,14}|imsi:\d{6,15}|iccid:\d{18,22}|line:[A-Za-z0-9][A-Za-z0-9._-]{0,63})$/;

/** Kebab case, at most 40 characters. */
export const KIND = /^(?=.{1,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** E.164 with `+`, or the digits of a short code. */
export const PEER = /^(?:\+[1-9]\d{4,14}|\d{1,8})$/;

/** MCC and MNC. */
export const NETWORK = /^\d{5,6}$/;

const PRINTABLE_ASCII = /^[\x20-\x7e]{1,64}$/;
/**
 * Everything but control, format, private, unassigned and half characters; neither SQS nor DynamoDB takes all of those.
 * Nor U+FFFD, which stands for what was lost on the way: two ids would be one.
 */
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}\u{FFFD}]{1,64}$/u;

/** 1 to 64 printable characters. */
export function isPrintable(text: string): boolean {
  return PRINTABLE_ASCII.test(text) || PRINTABLE.test(text);
}

export const MOST = { seconds: 1_000_000, bytes: 10_000_000_000_000, count: 1_000_000 } as const;

const code = (name: string) => ({ params: { code: name } });

const printable = z
  .string()
  .refine(isPrintable, { error: 'must have 1 to 64 printable characters', ...code('not-printable') });

const units = (most: number) =>
  z
    .number()
    .refine(Number.isInteger, { error: 'must be a whole number', abort: true, ...code('not-an-integer') })
    .min(0)
    .max(most);

const COST = z.strictObject({
  amount: z.string().regex(/^-?\d{1,12}(?:\.\d{1,12})?$/, 'must be a decimal string such as "0.25"'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must have three capital letters'),
});

/** The fields of a posted record. A name that is not among them is refused: a mistyped `byte` must not become 0 bytes. */
export const PostedRecord = z
  .strictObject({
    id: printable.describe('Unique per source for ever.'),
    line: z
      .string()
      .regex(SERVICE_IDENTIFIER, 'must be +msisdn, imsi:..., iccid:... or line:...')
      .describe('The name that the network knows; a repeat uses the same name.'),
    kind: z.string().regex(KIND, 'must be voice, sms, mms, data or another kebab-case kind'),
    direction: z.enum(['out', 'in']).optional(),
    peer: z
      .string()
      .refine(text => E164.test(text) || SHORT_CODE.test(text), {
        error: 'must be E.164 such as +46701234567, or a short code of at most 8 digits',
        ...code('wrong-format'),
      })
      .optional()
      .describe('The other party; required for outgoing voice, sms and mms.'),
    startedAt: z.string().describe('RFC 3339 with offset.'),
    seconds: units(MOST.seconds).optional(),
    bytes: units(MOST.bytes).optional(),
    count: units(MOST.count).optional(),
    network: z.string().regex(NETWORK, 'must be MCC and MNC, 5 or 6 digits').optional(),
    session: printable.optional(),
    sequence: z.int().min(0).max(1_000_000_000).optional(),
    cost: COST.optional(),
    voids: printable.optional(),
  })
  .meta({ id: 'UsageRecord' });
export type PostedRecord = z.infer<typeof PostedRecord>;
