import { keyOf, primaryKeyText, scalarText } from './keys.ts';
import { type IndexLayout, type KeyLayout, namesOf, type TableLayout } from './layout.ts';
import { type Entry, Partitions } from './partitions.ts';
import { sizeOf } from './size.ts';
import type { Item, Value } from './value.ts';

export type TableSnapshot = readonly ReturnType<Partitions['snapshot']>[];

/** What a write did to an index: bytes of the entries that it took away and put there. */
export interface IndexWrite {
  readonly index: string;
  readonly removed: number | undefined;
  readonly put: number | undefined;
  /** Sort key of the entry that was put there. */
  readonly sort?: Value | undefined;
}

/** A table's items with their places in its indexes. */
export class StoredTable {
  readonly layout: TableLayout;
  readonly items = new Partitions();
  readonly #indexes: ReadonlyMap<string, Partitions>;

  constructor(layout: TableLayout) {
    this.layout = layout;
    this.#indexes = new Map(layout.indexes.map(({ name }) => [name, new Partitions()]));
  }

  index(name: string): { layout: IndexLayout; entries: Partitions } | undefined {
    const layout = this.layout.indexes.find(index => index.name === name);
    const entries = this.#indexes.get(name);
    return layout && entries && { layout, entries };
  }

  get(key: Item): Entry | undefined {
    return this.items.get(...placeOf(key, this.layout, ''));
  }

  /** Puts an item in the place of another of the same key; `undefined`: there was none, or there is none any more. */
  replace(before: Item | undefined, after: Item | undefined): readonly IndexWrite[] {
    if (after !== undefined) {
      const [partition, place] = placeOf(after, this.layout, '');
      this.items.put(partition, { ...place, item: after, size: sizeOf(after) });
    } else if (before !== undefined) {
      this.items.remove(...placeOf(before, this.layout, ''));
    }
    return this.layout.indexes.map(index => this.#replaceIn(index, before, after));
  }

  snapshot(): TableSnapshot {
    return [this.items, ...this.#indexes.values()].map(partitions => partitions.snapshot());
  }

  restore(snapshot: TableSnapshot): void {
    const all = [this.items, ...this.#indexes.values()];
    for (const [at, partitions] of all.entries()) partitions.restore(snapshot[at] ?? new Map());
  }

  #replaceIn(index: IndexLayout, before: Item | undefined, after: Item | undefined): IndexWrite {
    const entries = this.#indexes.get(index.name);
    const [old, fresh] = [entryIn(index, this.layout, before), entryIn(index, this.layout, after)];
    if (old !== undefined && fresh !== undefined && isSameEntry(old, fresh)) {
      return { index: index.name, removed: undefined, put: undefined };
    }
    const isSamePlace =
      old !== undefined &&
      fresh !== undefined &&
      old.partition === fresh.partition &&
      isSamePlaceIn(old.entry, fresh.entry);
    if (old !== undefined && !isSamePlace) entries?.remove(old.partition, old.entry);
    if (fresh !== undefined) entries?.put(fresh.partition, fresh.entry);
    return {
      index: index.name,
      removed: isSamePlace ? undefined : old?.entry.size,
      put: fresh?.entry.size,
      sort: fresh?.entry.sort,
    };
  }
}

/** Where an item stands in its table. */
export function placeOf(
  item: Item,
  layout: KeyLayout,
  tie: string,
): [partition: string, place: Pick<Entry, 'sort' | 'tie'>] {
  const partition = item[layout.partition];
  const sort = layout.sort === undefined ? undefined : item[layout.sort];
  return [partition === undefined ? '' : scalarText(partition), { sort, tie }];
}

interface IndexEntry {
  readonly partition: string;
  readonly entry: Entry;
}

/** `undefined`: an item without the index's keys is not in it. */
function entryIn(index: IndexLayout, table: TableLayout, item: Item | undefined): IndexEntry | undefined {
  if (item === undefined || namesOf(index).some(name => item[name] === undefined)) return undefined;
  const kept = index.included && [...namesOf(table), ...namesOf(index), ...index.included];
  const projected = kept === undefined ? item : keyOf(item, kept);
  const [partition, place] = placeOf(item, index, primaryKeyText(item, table));
  return { partition, entry: { ...place, item: projected, size: sizeOf(projected) } };
}

function isSamePlaceIn(a: Entry, b: Entry): boolean {
  return (a.sort && scalarText(a.sort)) === (b.sort && scalarText(b.sort)) && a.tie === b.tie;
}

function isSameEntry(a: IndexEntry, b: IndexEntry): boolean {
  return (
    a.partition === b.partition &&
    isSamePlaceIn(a.entry, b.entry) &&
    JSON.stringify(sorted(a.entry.item)) === JSON.stringify(sorted(b.entry.item))
  );
}

function sorted(item: Item): unknown[] {
  return Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1));
}
