import * as z from 'zod';
import { type Instant, parseInstant } from '#shared/platform/instant.ts';
import type { CallLog } from '../gateway/call-log.ts';
import { jsonOf } from '../gateway/exchange.ts';
import type { TablesPart } from '../parts/start-tables.ts';
import type { TableEngine } from '../tables/table-engine.ts';
import type { TableChange } from '../tables/tables.ts';
import { readItem, type Value } from '../tables/value.ts';
import type { Watch } from './schedule.ts';

const Read = z.object({ TableName: z.string(), IndexName: z.string().optional(), Key: z.unknown().optional() });

/** What a scheduled function sees, it reads from tables. */
export function watchOf(functionName: string, calls: CallLog, { engine }: Pick<TablesPart, 'engine'>): Watch {
  return engine === undefined ? new WritesWatch(functionName, calls) : new TableWatch(functionName, calls, engine);
}

/**
 * Watches the items and indexes that the function has read so far. An entry that others put into such an index and
 * whose sort key is a moment can only matter at that moment; what they take out of it makes nothing due.
 */
class TableWatch implements Watch {
  readonly #indexes = new Set<string>();
  readonly #items = new Set<string>();
  /** Tables that were read other than by key. */
  readonly #tables = new Set<string>();
  isChanged = false;
  earliest: Instant | undefined;

  constructor(functionName: string, calls: CallLog, engine: TableEngine) {
    calls.onCall((call, request) => {
      if (call.function === functionName && call.operation.startsWith('DynamoDB.'))
        this.#note(call.operation, request.body, engine);
    });
    engine.onChange((change, author) => {
      if (author !== functionName) this.#see(change);
    });
  }

  begin(): void {
    this.isChanged = false;
    this.earliest = undefined;
  }

  #note(operation: string, body: Buffer, engine: TableEngine): void {
    const { data } = Read.safeParse(jsonOf(body));
    // What only writes does not look.
    if (data === undefined || /\.(Put|Update|Delete)Item$/.test(operation)) return;
    const { TableName: table, IndexName: index, Key: key } = data;
    if (index !== undefined) this.#indexes.add(`${table}/${index}`);
    else if (operation === 'DynamoDB.GetItem') this.#items.add(`${table}/${engine.itemText(table, readItem(key))}`);
    else this.#tables.add(table);
  }

  #see({ table, item, put }: TableChange): void {
    if (this.#tables.has(table) || this.#items.has(`${table}/${item}`)) this.isChanged = true;
    for (const { index, sort } of put) {
      if (!this.#indexes.has(`${table}/${index}`)) continue;
      const at = momentOf(sort);
      if (at === undefined) this.isChanged = true;
      else this.earliest = Math.min(at, this.earliest ?? at);
    }
  }
}

/** Where nobody tells what was changed, any write may matter. */
class WritesWatch implements Watch {
  readonly #functionName: string;
  readonly #calls: CallLog;
  #writes = 0;
  readonly earliest = undefined;

  constructor(functionName: string, calls: CallLog) {
    this.#functionName = functionName;
    this.#calls = calls;
  }

  begin(): void {
    this.#writes = this.#calls.writesOfOthers(this.#functionName);
  }

  get isChanged(): boolean {
    return this.#writes !== this.#calls.writesOfOthers(this.#functionName);
  }
}

function momentOf(sort: Value | undefined): Instant | undefined {
  return sort !== undefined && 'S' in sort ? parseInstant(sort.S) : undefined;
}
