import type { TaxId } from '../records/tax-ids.ts';
import type { World } from '../store/world.ts';
import { newestFirst } from '../wire/pages.ts';

/** Newest first. */
export function taxIdsOf(world: World, customer: string): TaxId[] {
  return newestFirst(world.store.all('tax_id'), each => each.customer === customer);
}
