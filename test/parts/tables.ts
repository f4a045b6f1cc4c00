import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import type { Part } from '#infra/local/parts/dynamodb.ts';
import { startTables } from '#infra/local/parts/start-tables.ts';
import { Table } from '#shared/platform/table.ts';
import { LEDGER_LAYOUT, PAGES_LAYOUT } from '#shared/platform/table-layout.ts';
import { insideTests } from '#test/parts/inside-tests.ts';

export interface TestTables {
  readonly address: string;
  readonly client: DynamoDBClient;
  readonly pages: string;
  readonly ledger: Table;
}

/** A DynamoDB of its own for the test file, with both tables empty. Read the members inside tests only. */
export function useTables(): TestTables {
  let part: Part | undefined;
  let tables: TestTables | undefined;
  beforeAll(async () => {
    part = await startTables();
    const client = clientAt(part.address);
    await createTables(client, 'pages', 'ledger');
    tables = { address: part.address, client, pages: 'pages', ledger: new Table(client, 'ledger') };
  });
  afterAll(async () => {
    tables?.client.destroy();
    await part?.stop();
  });
  return insideTests('The tables', () => tables);
}

/** A client of one's own, to kill or to count with. */
export function clientAt(address: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: address,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

export async function createTables(client: DynamoDBClient, pages: string, ledger: string): Promise<void> {
  const { wake } = LEDGER_LAYOUT;
  const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
  const key = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: pages,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key(PAGES_LAYOUT.partition, PAGES_LAYOUT.sort),
      AttributeDefinitions: [text(PAGES_LAYOUT.partition), text(PAGES_LAYOUT.sort)],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: ledger,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key(LEDGER_LAYOUT.partition, LEDGER_LAYOUT.sort),
      AttributeDefinitions: [LEDGER_LAYOUT.partition, LEDGER_LAYOUT.sort, wake.partition, wake.sort].map(text),
      GlobalSecondaryIndexes: [
        {
          IndexName: wake.index,
          KeySchema: key(wake.partition, wake.sort),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
}
