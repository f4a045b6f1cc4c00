import { jsonAnswer, type PartAnswer, type PartRequest } from '../gateway/exchange.ts';
import { TableFailure } from './failure.ts';
import type { Journal } from './journal.ts';
import { primaryKeyText } from './keys.ts';
import { layoutOf, TableInput } from './layout.ts';
import { operations } from './operations.ts';
import { read } from './requests.ts';
import { StoredTable } from './stored-table.ts';
import { type TableChange, Tables, type TablesSnapshot } from './tables.ts';
import type { Item } from './value.ts';

const TYPE = 'application/x-amz-json-1.0';

/**
 * DynamoDB in this process, as far as the product uses it: tables with their indexes, expressions, transactions,
 * capacity, limits. Compared with dynoxide by generated calls in test/component/tables. A call is done when it returns:
 * nothing comes between its parts.
 */
export class TableEngine {
  readonly #tables: Tables;
  readonly #listeners: ((change: TableChange, author: string) => void)[] = [];

  /** `journal` keeps the items over restarts. */
  constructor(journal?: Journal) {
    this.#tables = new Tables(journal);
  }

  /** Returns a request of the JSON protocol, `x-amz-target: DynamoDB_20120810.GetItem`, at once. */
  async send(request: PartRequest, author = 'outside'): Promise<PartAnswer> {
    this.#tables.changed = change => {
      for (const listener of this.#listeners) listener(change, author);
    };
    return this.#answer(request);
  }

  /** What a request names in a table, so that it can be told whether that has changed. */
  itemText(table: string, key: Item): string {
    return primaryKeyText(key, this.#tables.table(table).layout);
  }

  onChange(listener: (change: TableChange, author: string) => void): void {
    this.#listeners.push(listener);
  }

  #answer({ headers, body }: PartRequest): PartAnswer {
    const [, operation = ''] = String(headers['x-amz-target']).split('.');
    try {
      const text = body.toString();
      return jsonAnswer(200, this.#do(operation, JSON.parse(text || '{}'), text), TYPE);
    } catch (error) {
      if (!(error instanceof TableFailure)) throw error;
      return jsonAnswer(400, { __type: error.type, message: error.message, ...error.details }, TYPE);
    }
  }

  snapshot(): TablesSnapshot {
    return this.#tables.snapshot();
  }

  /** Everything is again as it was at the snapshot; tables that were made since are empty. */
  restore(snapshot: TablesSnapshot): void {
    this.#tables.restore(snapshot);
  }

  #do(operation: string, input: unknown, text: string): object {
    if (operation === 'CreateTable') {
      const layout = layoutOf(read(TableInput, input));
      this.#tables.add(new StoredTable(layout));
      return { TableDescription: { TableName: layout.name, TableStatus: 'ACTIVE' } };
    }
    const known = operations.get(operation);
    if (known === undefined) throw new TableFailure('com.amazon.coral.service#UnknownOperationException', '');
    return known(this.#tables, input, text);
  }
}
