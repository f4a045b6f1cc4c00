import type { Consumed } from './capacity.ts';
import { invalid, noSuchTable, serviceFailure } from './failure.ts';
import type { Journal } from './journal.ts';
import { primaryKeyText } from './keys.ts';
import type { PlannedWrite } from './planned-write.ts';
import { carryOut } from './planned-write.ts';
import type { StoredTable, TableSnapshot } from './stored-table.ts';
import { Transactions } from './transactions.ts';
import type { Value } from './value.ts';

export interface TablesSnapshot {
  readonly tables: ReadonlyMap<string, TableSnapshot>;
  readonly tokens: ReturnType<Transactions['snapshot']>;
}

/** That an item was written or removed, and where it was put in indexes. */
export interface TableChange {
  readonly table: string;
  /** Its key, as `primaryKeyText` prints it. */
  readonly item: string;
  readonly put: readonly { readonly index: string; readonly sort: Value | undefined }[];
}

/** All tables by name, with what outlives a single call. */
export class Tables {
  readonly #byName = new Map<string, StoredTable>();
  readonly #journal: Journal | undefined;
  readonly transactions: Transactions;
  /** Hears of every change, right after it. */
  changed: (change: TableChange) => void = () => undefined;

  constructor(journal?: Journal) {
    this.#journal = journal;
    this.transactions = new Transactions(plan => this.carryOut(plan));
  }

  /** With what an earlier run has kept of it. @throws when it is there already */
  add(table: StoredTable): void {
    const { name } = table.layout;
    if (this.#byName.has(name)) throw serviceFailure('ResourceInUseException', `Table already exists: ${name}`);
    this.#byName.set(name, table);
    for (const item of this.#journal?.itemsOf(table.layout) ?? []) table.replace(undefined, item);
  }

  /** @throws when there is none of that name */
  table(name: string): StoredTable {
    if (name.length < 3) throw invalid('TableName must be at least 3 characters long and at most 255 characters long');
    const table = this.#byName.get(name);
    if (table === undefined) throw noSuchTable();
    return table;
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()].sort();
  }

  /** Does a write, keeps it, and tells of it. Returns what it consumed. */
  carryOut(plan: PlannedWrite): Consumed {
    const { table, before, after } = plan;
    if (!plan.isCheck) this.#journal?.add(plan);
    const { consumed, indexWrites } = carryOut(plan);
    if (!plan.isCheck) {
      const item = primaryKeyText(after ?? before ?? {}, table.layout);
      const put = indexWrites.flatMap(one => (one.put === undefined ? [] : { index: one.index, sort: one.sort }));
      this.changed({ table: table.layout.name, item, put });
    }
    return consumed;
  }

  snapshot(): TablesSnapshot {
    const tables = new Map(Array.from(this.#byName, ([name, table]) => [name, table.snapshot()]));
    return { tables, tokens: this.transactions.snapshot() };
  }

  restore({ tables, tokens }: TablesSnapshot): void {
    for (const [name, table] of this.#byName) table.restore(tables.get(name) ?? []);
    this.transactions.restore(tokens);
  }
}
