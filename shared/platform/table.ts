import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';
import { Throttled } from './failure.ts';

/** Every item of the `ledger` has this address. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item as plain values; `undefined` members are left out when written. */
export type Item = Key & Readonly<Record<string, unknown>>;

/** A DynamoDB condition with its placeholders: `{ expression: '#r = :r', names: { '#r': 'revision' }, values: { ':r': 3 } }`. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

export const ABSENT: Condition = { expression: 'attribute_not_exists(pk)' };

/** `set`, `add` and `remove` name top-level attributes; `undefined` in `set` removes; `add` counts an absent one from 0. */
export interface Change {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
}

export type Write =
  | { readonly put: Item; readonly condition?: Condition }
  | { readonly update: Key; readonly change: Change; readonly condition?: Condition }
  | { readonly delete: Key; readonly condition?: Condition }
  | { readonly check: Key; readonly condition: Condition };

export interface Range {
  readonly pk: string;
  readonly beginsWith?: string;
  /** Inclusive on both sides, as DynamoDB's BETWEEN. */
  readonly between?: readonly [string, string];
  readonly newestFirst?: boolean;
  readonly consistent?: boolean;
  readonly limit?: number;
  /** Exclusive: goes on behind this sort key. */
  readonly after?: string;
}

/**
 * The `ledger` through plain values. A condition that does not hold is an answer (`false`), not an error: the
 * protocols above it decide what it means. Throttling that outlasts the SDK's retries raises `Throttled`.
 */
export class Table {
  readonly client: DynamoDBClient;
  readonly name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.client = client;
    this.name = name;
  }

  /** Strongly consistent unless told otherwise; `undefined` when nothing is there. */
  async get<S extends z.ZodType>(key: Key, schema: S, options = { consistent: true }): Promise<z.infer<S> | undefined> {
    const answer = await this.client.send(
      new GetItemCommand({ TableName: this.name, Key: encode(key), ConsistentRead: options.consistent }),
    );
    return answer.Item === undefined ? undefined : schema.parse(unmarshall(answer.Item));
  }

  async put(item: Item, condition?: Condition): Promise<boolean> {
    return holds(
      this.client.send(new PutItemCommand({ TableName: this.name, Item: encode(item), ...conditionParams(condition) })),
    );
  }

  async update(key: Key, change: Change, condition?: Condition): Promise<boolean> {
    return holds(
      this.client.send(
        new UpdateItemCommand({ TableName: this.name, Key: encode(key), ...updateParams(change, condition) }),
      ),
    );
  }

  async delete(key: Key, condition?: Condition): Promise<boolean> {
    return holds(
      this.client.send(
        new DeleteItemCommand({ TableName: this.name, Key: encode(key), ...conditionParams(condition) }),
      ),
    );
  }

  /** All or nothing. `false`: a condition did not hold. A mere collision with another transaction is tried again. */
  async transact(writes: readonly Write[], token?: string): Promise<boolean> {
    const items = writes.map(write => this.transactItem(write));
    for (let attempt = 1; ; attempt++) {
      try {
        await this.client.send(new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token }));
        return true;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = (error.CancellationReasons ?? []).map(reason => reason.Code);
        if (codes.includes('ConditionalCheckFailed')) return false;
        if (attempt === 5)
          throw new Throttled('busy', 'Another request is changing this item; try again.', { cause: error });
        await new Promise(resolve => setTimeout(resolve, 20 * 2 ** attempt));
      }
    }
  }

  /** Items of one partition in sort-key order, page after page; each parsed by `schema`. */
  async *query<S extends z.ZodType>(range: Range, schema: S): AsyncGenerator<z.infer<S>> {
    let remaining = range.limit ?? Number.POSITIVE_INFINITY;
    let start: Record<string, AttributeValue> | undefined =
      range.after === undefined ? undefined : encode({ pk: range.pk, sk: range.after });
    do {
      const answer: QueryCommandOutput = await this.client.send(
        new QueryCommand({
          TableName: this.name,
          ...rangeParams(range),
          ConsistentRead: range.consistent ?? false,
          ScanIndexForward: !(range.newestFirst ?? false),
          ...(Number.isFinite(remaining) && { Limit: remaining }),
          ...(start !== undefined && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of answer.Items ?? []) yield schema.parse(unmarshall(item));
      remaining -= answer.Items?.length ?? 0;
      start = answer.LastEvaluatedKey;
    } while (start !== undefined && remaining > 0);
  }

  private transactItem(write: Write): TransactWriteItem {
    if ('put' in write) {
      return { Put: { TableName: this.name, Item: encode(write.put), ...conditionParams(write.condition) } };
    }
    if ('update' in write) {
      const { UpdateExpression = '', ...rest } = updateParams(write.change, write.condition);
      return { Update: { TableName: this.name, Key: encode(write.update), UpdateExpression, ...rest } };
    }
    if ('delete' in write) {
      return { Delete: { TableName: this.name, Key: encode(write.delete), ...conditionParams(write.condition) } };
    }
    const { ConditionExpression = '', ...rest } = conditionParams(write.condition);
    return { ConditionCheck: { TableName: this.name, Key: encode(write.check), ConditionExpression, ...rest } };
  }
}

function encode(values: object): Record<string, AttributeValue> {
  return marshall(values, { removeUndefinedValues: true });
}

interface ConditionParams {
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
}

function conditionParams(condition: Condition | undefined): ConditionParams {
  if (condition === undefined) return {};
  return {
    ConditionExpression: condition.expression,
    ...(condition.names && { ExpressionAttributeNames: { ...condition.names } }),
    ...(condition.values && { ExpressionAttributeValues: encode(condition.values) }),
  };
}

function updateParams(
  change: Change,
  condition: Condition | undefined,
): ConditionParams & { UpdateExpression?: string } {
  const names: Record<string, string> = { ...condition?.names };
  const values: Record<string, unknown> = { ...condition?.values };
  const sets: string[] = [];
  const removes: string[] = [];
  const adds: string[] = [];
  Object.entries(change.add ?? {}).forEach(([name, value], index) => {
    names[`#a${index}`] = name;
    values[`:a${index}`] = value;
    adds.push(`#a${index} :a${index}`);
  });
  const changes: (readonly [string, unknown])[] = [
    ...Object.entries(change.set ?? {}),
    ...(change.remove ?? []).map(name => [name, undefined] as const),
  ];
  changes.forEach(([name, value], index) => {
    names[`#c${index}`] = name;
    if (value === undefined) {
      removes.push(`#c${index}`);
    } else {
      values[`:c${index}`] = value;
      sets.push(`#c${index} = :c${index}`);
    }
  });
  const clauses = [
    sets.length > 0 && `SET ${sets.join(', ')}`,
    removes.length > 0 && `REMOVE ${removes.join(', ')}`,
    adds.length > 0 && `ADD ${adds.join(', ')}`,
  ];
  return {
    UpdateExpression: clauses.filter(Boolean).join(' '),
    ...(condition && { ConditionExpression: condition.expression }),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: encode(values) }),
  };
}

function rangeParams(range: Range) {
  if (range.beginsWith !== undefined) {
    return {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: encode({ ':pk': range.pk, ':prefix': range.beginsWith }),
    };
  }
  if (range.between !== undefined) {
    const [from, to] = range.between;
    return {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: encode({ ':pk': range.pk, ':from': from, ':to': to }),
    };
  }
  return { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: encode({ ':pk': range.pk }) };
}

async function holds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
