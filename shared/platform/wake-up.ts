import * as z from 'zod';
import type { Key } from './table.ts';

/**
 * "Look at this item": all that a queue ever says about work. It has no content, so losing or doubling one changes
 * nothing: what is to be done stands in the item.
 */
export const WakeUp = z.strictObject({ kind: z.string(), pk: z.string(), sk: z.string() });
export type WakeUp = z.infer<typeof WakeUp>;

/** The kind is the sort key up to the first `#`: `account`, `line`, `position`, `period`. */
export function wakeUpFor(key: Key): WakeUp {
  return { kind: key.sk.split('#', 1)[0] ?? key.sk, pk: key.pk, sk: key.sk };
}
