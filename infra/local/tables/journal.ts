import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { keyOf, primaryKeyText } from './keys.ts';
import { namesOf, type TableLayout } from './layout.ts';
import type { PlannedWrite } from './planned-write.ts';
import { type Item, readItem } from './value.ts';

/** One write: a table's item as it is from then on, or only its key when it is gone. */
interface Line {
  readonly table: string;
  readonly item?: unknown;
  readonly gone?: unknown;
}

/** Keeps every write in a file, at once. Whoever keeps a folder for long finds every version of an item in it. */
export class Journal {
  readonly #file: string;
  readonly #kept: ReadonlyMap<string, readonly Line[]>;

  constructor(file: string) {
    this.#file = file;
    const lines: Line[] = existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(lineOf) : [];
    this.#kept = Map.groupBy(lines, ({ table }) => table);
    writeFileSync(file, '', { flag: 'a' });
  }

  /** A table's items as an earlier run has left them. */
  itemsOf(layout: TableLayout): Item[] {
    const items = new Map<string, Item>();
    for (const { item, gone } of this.#kept.get(layout.name) ?? []) {
      if (item !== undefined) {
        const read = readItem(item);
        items.set(primaryKeyText(read, layout), read);
      } else items.delete(primaryKeyText(readItem(gone), layout));
    }
    return [...items.values()];
  }

  add({ table: { layout }, before, after }: PlannedWrite): void {
    if (after === undefined && before === undefined) return;
    const line: Line = {
      table: layout.name,
      ...(after === undefined ? { gone: keyOf(before ?? {}, namesOf(layout)) } : { item: after }),
    };
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

/** A line that was not written to its end, as the process died, was never answered for. */
function lineOf(text: string): Line[] {
  if (text === '') return [];
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
