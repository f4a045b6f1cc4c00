import * as z from 'zod';

/** A whole number beyond 2^53 without loss: decimal text in items of the ledger, BigInt inside. */
export const StoredInteger = z.codec(z.string().regex(/^-?\d+$/), z.bigint(), {
  decode: text => BigInt(text),
  encode: value => value.toString(),
});
