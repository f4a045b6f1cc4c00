import * as z from 'zod';
import { DUE_KIND_NAMES, type DueKind } from './due-kinds.ts';
import type { Key } from './table.ts';

/**
 * "Look at this item": all that a queue ever says about work. It has no content, so losing or doubling one changes
 * nothing: what is to be done stands in the item.
 */
export const WakeUp = z.strictObject({ kind: z.enum(DUE_KIND_NAMES), pk: z.string(), sk: z.string() });
export type WakeUp = z.infer<typeof WakeUp>;

/** The sort key up to the first `#`. `undefined`: not in the register of kinds. */
export function kindOf({ sk }: Key): DueKind | undefined {
  const [first] = sk.split('#', 1);
  return DUE_KIND_NAMES.find(kind => kind === first);
}

/** @throws RangeError for an item whose kind is not in the register */
export function wakeUpFor(key: Key): WakeUp {
  const kind = kindOf(key);
  if (kind === undefined) throw new RangeError(`${key.sk} is not of a kind that anything works on.`);
  return { kind, pk: key.pk, sk: key.sk };
}
