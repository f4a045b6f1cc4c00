import * as z from 'zod';

const Count = z.int().nonnegative();
/** A sum of base units may pass 2^53; a bill's figures come from rating, not from here. */
const Sum = z.number().nonnegative();

/** What all records of one kind of one line come to. */
const RecordTable = z.strictObject({
  line: z.string(),
  number: z.string(),
  kind: z.string(),
  unit: z.enum(['s', 'B', '1']),
  records: Count,
  used: Sum,
  billed: Sum,
  /** Exact, of the records with amounts of their own. */
  amount: z.string(),
  /** Decimals of the amount that has most. */
  scale: Count,
});
export type RecordTable = z.infer<typeof RecordTable>;

const RecordPart = z.strictObject({
  name: z.string(),
  records: Count,
  /** SHA-256 of its text. */
  digest: z.string(),
});
export type RecordPart = z.infer<typeof RecordPart>;

/** Where the records of a long bill are: parts in order, each an object of its own. */
export const RecordIndex = z.strictObject({
  format: z.literal(1),
  records: Count,
  parts: z.array(RecordPart),
  /** In the order of the records. */
  tables: z.array(RecordTable),
});
export type RecordIndex = z.infer<typeof RecordIndex>;
