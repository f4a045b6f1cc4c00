import type { Wire } from '../records/wire.ts';
import { noSuchParam } from './errors.ts';
import type { PageParams } from './params.ts';

interface Identified {
  readonly id: string;
}

/**
 * One page of a list. `items` come in the order of the list (most of Stripe's: newest first); `ending_before` gives the
 * page just before its cursor, in the same order.
 */
export function pageOf<Item extends Identified>(
  items: readonly Item[],
  page: PageParams,
  url: string,
  present: (item: Item) => Wire,
): Wire {
  const limit = page.limit ?? 10;
  const { from, to } = windowOf(items, page, limit);
  const data = items.slice(from, to).map(present);
  const hasMore = page.ending_before === undefined ? to < items.length : from > 0;
  return { object: 'list', data, has_more: hasMore, url };
}

function windowOf(items: readonly Identified[], page: PageParams, limit: number): { from: number; to: number } {
  if (page.ending_before !== undefined) {
    const to = positionOf(items, page.ending_before, 'ending_before');
    return { from: Math.max(0, to - limit), to };
  }
  const from = page.starting_after === undefined ? 0 : positionOf(items, page.starting_after, 'starting_after') + 1;
  return { from, to: Math.min(items.length, from + limit) };
}

function positionOf(items: readonly Identified[], id: string, param: string): number {
  const position = items.findIndex(item => item.id === id);
  if (position < 0) throw noSuchParam('object in this list', id, param);
  return position;
}

export function newestFirst<Item>(items: Iterable<Item>, wanted: (item: Item) => boolean = () => true): Item[] {
  return [...items].filter(wanted).reverse();
}
