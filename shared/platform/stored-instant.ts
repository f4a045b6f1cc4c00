import * as z from 'zod';
import { type Instant, parseInstant, printInstant, wrongWithInstant } from './instant.ts';

/**
 * An instant as RFC 3339 text outside and as a number inside: in items of the ledger, which people read, and in
 * requests. Read with `parse`, written with `z.encode`.
 */
export const StoredInstant = z.codec(z.string().meta({ format: 'date-time' }), z.number(), {
  decode: (text, context): Instant => {
    const instant = parseInstant(text);
    if (instant !== undefined) return instant;
    context.issues.push({
      code: 'custom',
      input: text,
      message: wrongWithInstant(text),
      params: { code: 'wrong-format' },
    });
    return z.NEVER;
  },
  encode: printInstant,
});
