import { type Consumed, capacityOf, readUnits, sumOf } from './capacity.ts';
import { projectionExpression } from './expressions/parsed-once.ts';
import { checkPlaceholders } from './expressions/placeholders.ts';
import { invalid } from './failure.ts';
import { checkKey, primaryKeyText } from './keys.ts';
import { deleteRequest, putRequest, type WriteRequest } from './planned-write.ts';
import { projected } from './project.ts';
import { BatchGetInput, BatchWriteInput, read } from './requests.ts';
import type { Tables } from './tables.ts';
import type { Item } from './value.ts';

const MOST_KEYS = 100;
const MOST_WRITES = 25;
/** An answer holds no more; the keys that are left over are told. */
const MOST_BYTES = 16 * 1024 * 1024;

export function batchGet(tables: Tables, input: unknown): object {
  const asked = read(BatchGetInput, input);
  const wanted = Object.entries(asked.RequestItems);
  if (wanted.flatMap(([, { Keys }]) => Keys).length > MOST_KEYS)
    throw invalid('Too many items requested for the BatchGetItem call');
  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, object> = {};
  const consumed = new Map<string, Consumed>();
  let bytes = 0;
  for (const [name, one] of wanted) {
    const table = tables.table(name);
    const { ProjectionExpression: text, ExpressionAttributeNames: names } = one;
    const projection = text === undefined ? undefined : projectionExpression(text);
    const given = { names, values: {} };
    checkPlaceholders(given, [['ProjectionExpression', projection]]);
    const keys = one.Keys.map(key => checkKey(key, table.layout));
    if (new Set(keys.map(key => primaryKeyText(key, table.layout))).size < keys.length) {
      throw invalid('Provided list of item keys contains duplicates');
    }
    const items: Item[] = [];
    const left: Item[] = [];
    let units = 0;
    for (const key of keys) {
      const found = table.get(key);
      if (bytes + (found?.size ?? 0) > MOST_BYTES) {
        left.push(key);
        continue;
      }
      bytes += found?.size ?? 0;
      units += readUnits(found?.size ?? 0, one.ConsistentRead);
      if (found !== undefined) items.push(projected(found.item, projection, given));
    }
    responses[name] = items;
    consumed.set(name, { table: units, indexes: new Map() });
    if (left.length > 0) unprocessed[name] = { ...one, Keys: left };
  }
  return { Responses: responses, UnprocessedKeys: unprocessed, ...told(consumed, asked.ReturnConsumedCapacity) };
}

export function batchWrite(tables: Tables, input: unknown): object {
  const asked = read(BatchWriteInput, input);
  const requests = Object.entries(asked.RequestItems).flatMap(([name, writes]) =>
    writes.map(write => batchRequest(tables, name, write)),
  );
  if (requests.length > MOST_WRITES) throw invalid('Too many items requested for the BatchWriteItem call');
  if (new Set(requests.map(({ itemText }) => itemText)).size < requests.length) {
    throw invalid('Provided list of item keys contains duplicates');
  }
  const byTable = Map.groupBy(requests, ({ table }) => table.layout.name);
  const consumed = new Map(
    Array.from(byTable, ([name, some]) => [name, sumOf(some.map(({ plan }) => tables.carryOut(plan())))]),
  );
  return { UnprocessedItems: {}, ...told(consumed, asked.ReturnConsumedCapacity) };
}

function batchRequest(
  tables: Tables,
  name: string,
  { PutRequest, DeleteRequest }: BatchWriteInput['RequestItems'][string][number],
): WriteRequest {
  const table = tables.table(name);
  const plain = {
    TableName: name,
    ExpressionAttributeNames: {},
    ExpressionAttributeValues: {},
    ReturnValuesOnConditionCheckFailure: 'NONE',
  } as const;
  if (PutRequest !== undefined) return putRequest(table, { ...plain, Item: PutRequest.Item });
  if (DeleteRequest !== undefined) return deleteRequest(table, { ...plain, Key: DeleteRequest.Key });
  throw invalid(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}

function told(consumed: ReadonlyMap<string, Consumed>, mode: BatchGetInput['ReturnConsumedCapacity']): object {
  if (mode === 'NONE') return {};
  return { ConsumedCapacity: Array.from(consumed, ([name, units]) => capacityOf(name, units, mode)) };
}
