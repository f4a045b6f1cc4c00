import { compareText, compareValues } from './compare.ts';
import type { Item, Value } from './value.ts';

/** An item where it is found. Never changed in place: snapshots share it. */
export interface Entry {
  readonly sort: Value | undefined;
  /** Tells entries of one sort key apart, which an index may have. */
  readonly tie: string;
  readonly item: Item;
  readonly size: number;
}

type Place = Pick<Entry, 'sort' | 'tie'>;

export interface Bound {
  readonly value: Value;
  readonly isInclusive: boolean;
}

/** Entries by partition, each partition in the order of its sort key. */
export class Partitions {
  #lists = new Map<string, Entry[]>();

  get(partition: string, place: Place): Entry | undefined {
    const list = this.#lists.get(partition);
    if (list === undefined) return undefined;
    const found = list[firstNotBefore(list, place)];
    return found !== undefined && compare(found, place) === 0 ? found : undefined;
  }

  put(partition: string, entry: Entry): void {
    const list = this.#lists.get(partition);
    if (list === undefined) {
      this.#lists.set(partition, [entry]);
      return;
    }
    const at = firstNotBefore(list, entry);
    const there = list[at];
    list.splice(at, there !== undefined && compare(there, entry) === 0 ? 1 : 0, entry);
  }

  remove(partition: string, place: Place): void {
    const list = this.#lists.get(partition);
    if (list === undefined) return;
    const at = firstNotBefore(list, place);
    const there = list[at];
    if (there === undefined || compare(there, place) !== 0) return;
    if (list.length === 1) this.#lists.delete(partition);
    else list.splice(at, 1);
  }

  /** A partition's entries between the bounds, from behind `after` on. */
  *range(
    partition: string,
    options: { low?: Bound | undefined; high?: Bound | undefined; isForward: boolean; after?: Place | undefined },
  ): Generator<Entry> {
    const list = this.#lists.get(partition) ?? [];
    const { low, high, isForward, after } = options;
    let first = low === undefined ? 0 : firstAt(list, low.value, low.isInclusive);
    let end = high === undefined ? list.length : firstAt(list, high.value, !high.isInclusive);
    if (after !== undefined) {
      const at = firstNotBefore(list, after);
      const there = list[at];
      const isThere = there !== undefined && compare(there, after) === 0;
      if (isForward) first = Math.max(first, isThere ? at + 1 : at);
      else end = Math.min(end, at);
    }
    for (let step = 0; step < end - first; step += 1) {
      const entry = list[isForward ? first + step : end - 1 - step];
      if (entry !== undefined) yield entry;
    }
  }

  /** Everything, partition by partition, from behind a place on. */
  *all(after?: { partition: string; place: Place }): Generator<Entry> {
    for (const partition of [...this.#lists.keys()].sort(compareText)) {
      const order = after === undefined ? 1 : compareText(partition, after.partition);
      if (order < 0) continue;
      yield* this.range(partition, { isForward: true, after: order === 0 ? after?.place : undefined });
    }
  }

  snapshot(): ReadonlyMap<string, readonly Entry[]> {
    return new Map(Array.from(this.#lists, ([partition, list]) => [partition, [...list]]));
  }

  restore(snapshot: ReadonlyMap<string, readonly Entry[]>): void {
    this.#lists = new Map(Array.from(snapshot, ([partition, list]) => [partition, [...list]]));
  }
}

function compare(a: Place, b: Place): number {
  return compareSorts(a.sort, b.sort) || compareText(a.tie, b.tie);
}

function compareSorts(a: Value | undefined, b: Value | undefined): number {
  return a === undefined || b === undefined ? 0 : (compareValues(a, b) ?? 0);
}

/** Index of the first entry that does not come before the place. */
function firstNotBefore(list: readonly Entry[], place: Place): number {
  return firstWhere(list, entry => compare(entry, place) >= 0);
}

/** Index of the first entry at or, exclusively, behind a sort key. */
function firstAt(list: readonly Entry[], sort: Value, isInclusive: boolean): number {
  return firstWhere(list, entry =>
    isInclusive ? compareSorts(entry.sort, sort) >= 0 : compareSorts(entry.sort, sort) > 0,
  );
}

/** `is` is false for some first entries and true for all others. */
function firstWhere(list: readonly Entry[], is: (entry: Entry) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = list[middle];
    if (entry === undefined || is(entry)) high = middle;
    else low = middle + 1;
  }
  return low;
}
