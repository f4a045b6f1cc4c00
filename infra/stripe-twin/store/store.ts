import type { Kind, Records } from '../records/records.ts';

type Tables = { readonly [K in Kind]: Map<string, Records[K]> };

/**
 * Records by kind and id, in order of creation. Records are never changed in place: a change puts a new one, so an event
 * can keep the old one as it was. All of it is JSON.
 */
export class Store {
  readonly #tables: Tables = emptyTables();
  #undo: (() => void)[] | undefined;
  #sequence = 0;

  get<K extends Kind>(kind: K, id: string): Records[K] | undefined {
    return this.#tables[kind].get(id);
  }

  put<K extends Kind>(kind: K, id: string, record: Records[K]): void {
    const table = this.#tables[kind];
    const standing = table.get(id);
    this.#undo?.push(() => (standing === undefined ? table.delete(id) : table.set(id, standing)));
    table.set(id, record);
  }

  remove(kind: Kind, id: string): void {
    const removed = this.#take(kind, id);
    if (removed) this.#undo?.push(removed);
  }

  all<K extends Kind>(kind: K): IterableIterator<Records[K]> {
    return this.#tables[kind].values();
  }

  /** Removes from the oldest on what is over, up to the first that is not. Outside of `attempt`. */
  forget<K extends Kind>(kind: K, isOver: (record: Records[K]) => boolean): void {
    for (const [id, record] of this.#tables[kind]) {
      if (!isOver(record)) return;
      this.#tables[kind].delete(id);
    }
  }

  /** Rises with every call: tells what came first among things of the same second. */
  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** All or nothing: when the work throws, everything that it put or removed is as before. */
  attempt<Result>(work: () => Result): Result {
    const undo: (() => void)[] = [];
    this.#undo = undo;
    try {
      return work();
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    } finally {
      this.#undo = undefined;
    }
  }

  state(): StoreState {
    const tables = Object.fromEntries(Object.entries(this.#tables).map(([kind, table]) => [kind, [...table]]));
    return { sequence: this.#sequence, tables };
  }

  /** Takes over what `state` gave an earlier run. */
  restore({ sequence, tables }: StoreState): void {
    this.#sequence = sequence;
    for (const kind of Object.keys(tables)) {
      if (isKind(kind, this.#tables)) this.#fill(kind, tables);
    }
  }

  #fill<K extends Kind>(kind: K, tables: StoreState['tables']): void {
    for (const [id, record] of tables[kind] ?? []) this.#tables[kind].set(id, record);
  }

  #take(kind: Kind, id: string): (() => void) | undefined {
    const table: Map<string, unknown> = this.#tables[kind];
    if (!table.has(id)) return undefined;
    const standing = table.get(id);
    table.delete(id);
    return () => table.set(id, standing);
  }
}

/** Tables by kind, each as its entries. */
export interface StoreState {
  readonly sequence: number;
  readonly tables: { readonly [K in Kind]?: readonly (readonly [string, Records[K]])[] };
}

function isKind(name: string, tables: Tables): name is Kind {
  return Object.hasOwn(tables, name);
}

function emptyTables(): Tables {
  return {
    customer: new Map(),
    customer_balance_transaction: new Map(),
    tax_id: new Map(),
    product: new Map(),
    price: new Map(),
    payment_method: new Map(),
    'billing.meter': new Map(),
    subscription: new Map(),
    subscription_item: new Map(),
    invoice: new Map(),
    line_item: new Map(),
    invoiceitem: new Map(),
    invoice_payment: new Map(),
    payment_intent: new Map(),
    charge: new Map(),
    dispute: new Map(),
    event: new Map(),
    webhook_endpoint: new Map(),
    'v2.core.event_destination': new Map(),
    'billing_portal.configuration': new Map(),
    'billing_portal.session': new Map(),
    usage: new Map(),
    identifier: new Map(),
    answer: new Map(),
    due: new Map(),
    delivery: new Map(),
  };
}
