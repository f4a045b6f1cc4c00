import { batchGet, batchWrite } from './batches.ts';
import { capacityOf, readUnits } from './capacity.ts';
import { projectionExpression } from './expressions/parsed-once.ts';
import { checkPlaceholders } from './expressions/placeholders.ts';
import { invalid } from './failure.ts';
import { checkKey } from './keys.ts';
import {
  checkRequest,
  deleteRequest,
  type PlannedWrite,
  putRequest,
  updateRequest,
  type WriteRequest,
} from './planned-write.ts';
import { partsOf, projected } from './project.ts';
import { query, scan } from './read-pages.ts';
import {
  DeleteInput,
  GetItemInput,
  PutInput,
  QueryInput,
  type ReturnValues,
  read,
  ScanInput,
  TransactWriteInput,
  UpdateInput,
  WriteAnswer,
} from './requests.ts';
import type { Tables } from './tables.ts';
import type { Item } from './value.ts';

/** Does one operation. `text` is the request as it came. */
type Operation = (tables: Tables, input: unknown, text: string) => object;

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['ListTables', tables => ({ TableNames: tables.names })],
  ['GetItem', getItem],
  ['BatchGetItem', batchGet],
  ['BatchWriteItem', batchWrite],
  ['TransactWriteItems', transactWrite],
  [
    'PutItem',
    (tables, input) => {
      const put = read(PutInput, input);
      return written(tables, putRequest(tables.table(put.TableName), put), input);
    },
  ],
  [
    'UpdateItem',
    (tables, input) => {
      const update = read(UpdateInput, input);
      return written(tables, updateRequest(tables.table(update.TableName), update), input);
    },
  ],
  [
    'DeleteItem',
    (tables, input) => {
      const given = read(DeleteInput, input);
      return written(tables, deleteRequest(tables.table(given.TableName), given), input);
    },
  ],
  [
    'Query',
    (tables, input) => {
      const asked = read(QueryInput, input);
      return withCapacity(asked, query(tables.table(asked.TableName), asked));
    },
  ],
  [
    'Scan',
    (tables, input) => {
      const asked = read(ScanInput, input);
      return withCapacity(asked, scan(tables.table(asked.TableName), asked));
    },
  ],
]);

function getItem(tables: Tables, input: unknown): object {
  const asked = read(GetItemInput, input);
  const table = tables.table(asked.TableName);
  const { ProjectionExpression: text } = asked;
  const projection = text === undefined ? undefined : projectionExpression(text);
  const given = { names: asked.ExpressionAttributeNames, values: {} };
  checkPlaceholders(given, [['ProjectionExpression', projection]]);
  const found = table.get(checkKey(asked.Key, table.layout));
  const consumed = { table: readUnits(found?.size ?? 0, asked.ConsistentRead), indexes: new Map() };
  const answer = found === undefined ? {} : { Item: projected(found.item, projection, given) };
  return withCapacity(asked, { answer, consumed });
}

function written(tables: Tables, request: WriteRequest, input: unknown): object {
  const asked = read(WriteAnswer, input);
  const plan = request.plan();
  const consumed = tables.carryOut(plan);
  const attributes = returned(plan, asked.ReturnValues);
  const answer = attributes === undefined || Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
  return withCapacity({ TableName: request.table.layout.name, ...asked }, { answer, consumed });
}

function returned({ before, after, touched }: PlannedWrite, wanted: ReturnValues): Item | undefined {
  switch (wanted) {
    case 'NONE':
      return undefined;
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before && partsOf(before, touched);
    case 'UPDATED_NEW':
      return after && partsOf(after, touched);
    default:
      return wanted satisfies never;
  }
}

function transactWrite(tables: Tables, input: unknown, text: string): object {
  const asked = read(TransactWriteInput, input);
  const requests = asked.TransactItems.map(item => transactRequest(tables, item));
  const { consumed, unit } = tables.transactions.write(requests, asked.ClientRequestToken, text);
  if (asked.ReturnConsumedCapacity === 'NONE') return {};
  return {
    ConsumedCapacity: Array.from(consumed, ([name, units]) =>
      capacityOf(name, units, asked.ReturnConsumedCapacity, unit),
    ),
  };
}

function transactRequest(
  tables: Tables,
  { Put, Update, Delete, ConditionCheck }: TransactWriteInput['TransactItems'][number],
): WriteRequest {
  const given = [Put, Update, Delete, ConditionCheck].filter(one => one !== undefined);
  if (given.length !== 1) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  if (Put !== undefined) return putRequest(tables.table(Put.TableName), Put);
  if (Update !== undefined) return updateRequest(tables.table(Update.TableName), Update);
  if (Delete !== undefined) return deleteRequest(tables.table(Delete.TableName), Delete);
  if (ConditionCheck !== undefined) return checkRequest(tables.table(ConditionCheck.TableName), ConditionCheck);
  throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
}

function withCapacity(
  asked: Pick<GetItemInput, 'TableName' | 'ReturnConsumedCapacity'>,
  { answer, consumed }: ReturnType<typeof query>,
): object {
  const told = capacityOf(asked.TableName, consumed, asked.ReturnConsumedCapacity);
  return told === undefined ? answer : { ...answer, ConsumedCapacity: told };
}
