import { update } from '../events/recording.ts';
import type { World } from '../store/world.ts';
import { invalidRequest } from '../wire/errors.ts';
import { choice } from '../wire/params.ts';

export const taxBehavior = choice('exclusive', 'inclusive', 'unspecified').optional();

/** A lookup key names one price at a time; with `transfer` it moves in the same step. */
export function claimLookupKey(world: World, key: string | null, transfer: boolean): string | null {
  if (key === null) return null;
  const holder = [...world.store.all('price')].find(price => price.lookup_key === key);
  if (!holder) return key;
  if (!transfer) {
    throw invalidRequest(`A price (\`${holder.id}\`) already uses that lookup key.`, { param: 'lookup_key' });
  }
  update(world, 'price', 'price.updated', { ...holder, lookup_key: null });
  return key;
}
