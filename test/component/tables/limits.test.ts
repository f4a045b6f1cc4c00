import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Part } from '#infra/local/parts/dynamodb.ts';
import { startTables } from '#infra/local/parts/start-tables.ts';
import { clientAt, createTables } from '#test/parts/tables.ts';

const TableName = 'ledger';
const text = (S: string) => ({ S });
const key = (pk: string, sk = 'x') => ({ pk: text(pk), sk: text(sk) });

/** Expected by docs.aws.amazon.com/amazondynamodb/latest/developerguide (Constraints, transaction APIs), for both alike. */
describe.each(['', 'dynoxide'])('limits of the tables, DUNLIN_TABLES=%s', player => {
  let part: Part;
  let client: DynamoDBClient;

  beforeAll(async () => {
    part = await startTables({}, { DUNLIN_TABLES: player });
    client = clientAt(part.address);
    await createTables(client, 'pages', TableName);
  });
  afterAll(async () => {
    client.destroy();
    await part.stop();
  });

  const put = (pk: string, sk: string, bytes: number) =>
    client.send(new PutItemCommand({ TableName, Item: { ...key(pk, sk), filling: text('x'.repeat(bytes)) } }));

  it('an item has 400 KB, its names included', async () => {
    // pk, sk, filling: 2 + 2 + 7 bytes of names, 4 + 1 of keys.
    const largest = 400 * 1024 - 16;
    await put('size', 'x', largest);

    await expect(put('size', 'x', largest + 1)).rejects.toThrow('Item size has exceeded the maximum allowed size');
    const grow = new UpdateItemCommand({
      TableName,
      Key: key('size'),
      UpdateExpression: 'SET more = :m',
      ExpressionAttributeValues: { ':m': text('x') },
    });
    await expect(client.send(grow)).rejects.toThrow('Item size to update has exceeded the maximum allowed size');
  });

  it('an expression has 4 KB', async () => {
    const sets = Array.from({ length: 300 }, (_, n) => `attribute${n} = :v`).join(', ');
    const update = new UpdateItemCommand({
      TableName,
      Key: key('long'),
      UpdateExpression: `SET ${sets}`,
      ExpressionAttributeValues: { ':v': text('x') },
    });

    await expect(client.send(update)).rejects.toThrow('Expression size has exceeded the maximum allowed size');
  });

  it('a reserved word, a placeholder that is not given, and one that is not used are refused', async () => {
    const update = (UpdateExpression: string, ExpressionAttributeValues: Record<string, { S: string }>) =>
      client.send(new UpdateItemCommand({ TableName, Key: key('words'), UpdateExpression, ExpressionAttributeValues }));

    await expect(update('SET status = :v', { ':v': text('x') })).rejects.toThrow('reserved keyword');
    await expect(update('SET red = :w', { ':v': text('x') })).rejects.toThrow('not defined');
    await expect(update('SET red = :v', { ':v': text('x'), ':w': text('x') })).rejects.toThrow('unused in expressions');
  });

  it('a page of a query ends at 1 MB, and goes on behind its last key', async () => {
    for (let n = 0; n < 8; n += 1) await put('pages', String(n), 200 * 1024);

    const pages: string[][] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const answer: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': text('pages') },
          ExclusiveStartKey: start,
        }),
      );
      pages.push((answer.Items ?? []).map(item => item.sk?.S ?? ''));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);

    expect(pages.flat()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(pages[0]).toHaveLength(5);
  });

  it('a transaction with a token is done once, and another under the same token is refused', async () => {
    const ClientRequestToken = randomUUID();
    const add = (N: string) =>
      client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken,
          TransactItems: [
            {
              Update: {
                TableName,
                Key: key('counted'),
                UpdateExpression: 'ADD amount :n',
                ExpressionAttributeValues: { ':n': { N } },
              },
            },
          ],
        }),
      );
    await add('5');
    await add('5');

    await expect(add('6')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: key('counted') }));
    expect(Item?.amount).toEqual({ N: '5' });
  });

  it('a scan sees everything, page after page, also what a batch wrote', async () => {
    const put25 = Array.from({ length: 25 }, (_, n) => ({
      PutRequest: { Item: { name: text(`n${n}`), page: text('p') } },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { pages: put25 } }));

    const seen: string[] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const answer = await client.send(new ScanCommand({ TableName: 'pages', Limit: 7, ExclusiveStartKey: start }));
      seen.push(...(answer.Items ?? []).map(item => item.name?.S ?? ''));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);

    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });
});

describe('the tables in this process, kept in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-tables-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are at the next start as they were left', async () => {
    const file = join(folder, 'tables.ndjson');
    const withTables = async <T>(work: (client: DynamoDBClient) => Promise<T>): Promise<T> => {
      const part = await startTables({ file }, {});
      const client = clientAt(part.address);
      await createTables(client, 'pages', TableName);
      try {
        return await work(client);
      } finally {
        client.destroy();
        await part.stop();
      }
    };
    await withTables(async client => {
      for (const sk of ['1', '2']) await client.send(new PutItemCommand({ TableName, Item: key('kept', sk) }));
      await client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Delete: { TableName, Key: key('kept', '1') } },
            { Put: { TableName, Item: { ...key('kept', '2'), wakeShard: text('due#0'), wakeAt: text('2026') } } },
          ],
        }),
      );
    });

    const [gone, due] = await withTables(async client => [
      (await client.send(new GetItemCommand({ TableName, Key: key('kept', '1') }))).Item,
      (
        await client.send(
          new QueryCommand({
            TableName,
            IndexName: 'wake',
            KeyConditionExpression: 'wakeShard = :s',
            ExpressionAttributeValues: { ':s': text('due#0') },
          }),
        )
      ).Items,
    ]);

    expect(gone).toBeUndefined();
    expect(due).toEqual([{ ...key('kept', '2'), wakeShard: text('due#0'), wakeAt: text('2026') }]);
  });
});
