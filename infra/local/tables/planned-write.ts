import type { Consumed } from './capacity.ts';
import { writeConsumed } from './capacity.ts';
import { checkOverlaps, updated } from './expressions/apply-update.ts';
import { holds } from './expressions/evaluate.ts';
import { conditionExpression, updateExpression } from './expressions/parsed-once.ts';
import { checkPlaceholders, type Placeholders, resolved } from './expressions/placeholders.ts';
import type { Path } from './expressions/syntax.ts';
import { invalid, serviceFailure } from './failure.ts';
import { checkItemKeys, checkKey, primaryKeyText } from './keys.ts';
import { namesOf } from './layout.ts';
import type { CheckInput, DeleteInput, PutInput, UpdateInput } from './requests.ts';
import { sizeOf } from './size.ts';
import type { IndexWrite, StoredTable } from './stored-table.ts';
import type { Item } from './value.ts';

const LARGEST_ITEM = 400 * 1024;

/** A write whose condition holds, ready to be done. */
export interface PlannedWrite {
  readonly table: StoredTable;
  readonly before: Item | undefined;
  /** `undefined`: there is none then. */
  readonly after: Item | undefined;
  /** What an update sets and removes. */
  readonly touched: readonly Path[];
  /** It only looks. */
  readonly isCheck: boolean;
}

/** What a write names, before it is known whether it may be done. */
export interface WriteRequest {
  readonly table: StoredTable;
  /** Of the item, over all tables. */
  readonly itemText: string;
  /** @throws when its condition does not hold, or the item would be wrong then */
  readonly plan: () => PlannedWrite;
}

export function putRequest(table: StoredTable, input: PutInput): WriteRequest {
  checkItemKeys(input.Item, table.layout);
  if (sizeOf(input.Item) > LARGEST_ITEM) throw invalid('Item size has exceeded the maximum allowed size');
  return request(table, input, input.Item, () => ({ after: input.Item, touched: [] }));
}

export function deleteRequest(table: StoredTable, input: DeleteInput): WriteRequest {
  return request(table, input, checkKey(input.Key, table.layout), () => ({ after: undefined, touched: [] }));
}

export function checkRequest(table: StoredTable, input: CheckInput): WriteRequest {
  const key = checkKey(input.Key, table.layout);
  return request(table, input, key, before => ({ after: before, touched: [], isCheck: true }));
}

export function updateRequest(table: StoredTable, input: UpdateInput): WriteRequest {
  const key = checkKey(input.Key, table.layout);
  const given = placeholdersOf(input);
  const { UpdateExpression: text } = input;
  const actions = text === undefined ? undefined : updateExpression(text);
  const touched = (actions?.content ?? []).map(({ path }) => resolved(path, given));
  checkOverlaps(touched);
  for (const [name] of touched) {
    if (!namesOf(table.layout).includes(String(name))) continue;
    throw invalid(
      `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
    );
  }
  const { itemText, plan } = request(
    table,
    input,
    key,
    before => {
      const after = updated(before ?? key, actions?.content ?? [], given);
      checkItemKeys(after, table.layout);
      if (sizeOf(after) > LARGEST_ITEM) throw invalid('Item size to update has exceeded the maximum allowed size');
      return { after, touched };
    },
    actions,
  );
  return { table, itemText, plan };
}

function request(
  table: StoredTable,
  input: PutInput | UpdateInput | DeleteInput | CheckInput,
  key: Item,
  change: (before: Item | undefined) => Pick<PlannedWrite, 'after' | 'touched'> & { isCheck?: boolean },
  update?: ReturnType<typeof updateExpression>,
): WriteRequest {
  const given = placeholdersOf(input);
  const { ConditionExpression: text } = input;
  const condition = text === undefined ? undefined : conditionExpression(text);
  checkPlaceholders(given, [
    ['UpdateExpression', update],
    ['ConditionExpression', condition],
  ]);
  return {
    table,
    itemText: `${table.layout.name}\0${primaryKeyText(key, table.layout)}`,
    plan: () => {
      const before = table.get(key)?.item;
      if (condition !== undefined && !holds(condition.content, before ?? {}, given)) {
        const isTold = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before !== undefined;
        throw serviceFailure(
          'ConditionalCheckFailedException',
          'The conditional request failed',
          isTold ? { Item: before } : {},
        );
      }
      return { table, before, isCheck: false, ...change(before) };
    },
  };
}

/** Does it, and tells what it consumed: by the larger of the item before and after. */
export function carryOut({ table, before, after, isCheck }: PlannedWrite): {
  consumed: Consumed;
  indexWrites: readonly IndexWrite[];
} {
  const indexWrites = isCheck ? [] : table.replace(before, after);
  const bytes = Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0);
  return { consumed: writeConsumed(bytes, indexWrites), indexWrites };
}

function placeholdersOf(input: PutInput | UpdateInput | DeleteInput | CheckInput): Placeholders {
  return { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues };
}
