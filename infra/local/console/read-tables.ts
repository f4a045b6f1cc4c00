import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { Table } from '#shared/platform/table.ts';
import type { ConsoleSources } from './console-sources.ts';
import { COUNTED_COLUMNS, CountedItem, countLedger, type LedgerCount } from './ledger-count.ts';

const Deployment = z.object({ ledger: z.string(), pages: z.string() });

/** The product's tables, looked at directly: not through the counting proxy, as who looks is not a caller. */
export class TablesReader {
  readonly ledger: Table;
  readonly #client: DynamoDBClient;
  readonly #pages: string;

  constructor({ tables, parameter }: Pick<ConsoleSources, 'tables' | 'parameter'>) {
    const names = Deployment.parse(JSON.parse(parameter('/dunlin/dev/deployment') ?? '{}'));
    this.#client = new DynamoDBClient({
      endpoint: tables.address,
      region: tables.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    this.ledger = new Table(this.#client, names.ledger);
    this.#pages = names.pages;
  }

  /** Reads all of the ledger, a few attributes of each item: nothing else knows these sums. */
  async census(): Promise<LedgerCount> {
    return countLedger(await Array.fromAsync(this.#rows()));
  }

  /** How many usage pages there are. */
  async pages(): Promise<number> {
    let count = 0;
    let start: Record<string, AttributeValue> | undefined;
    do {
      const some = await this.#client.send(
        new ScanCommand({ TableName: this.#pages, Select: 'COUNT', ExclusiveStartKey: start }),
      );
      count += some.Count ?? 0;
      start = some.LastEvaluatedKey;
    } while (start !== undefined);
    return count;
  }

  async *#rows(): AsyncGenerator<CountedItem> {
    const names = Object.fromEntries(COUNTED_COLUMNS.map((column, index) => [`#${index}`, column]));
    let start: Record<string, AttributeValue> | undefined;
    do {
      const some = await this.#client.send(
        new ScanCommand({
          TableName: this.ledger.name,
          ProjectionExpression: Object.keys(names).join(', '),
          ExpressionAttributeNames: names,
          ExclusiveStartKey: start,
        }),
      );
      for (const item of some.Items ?? []) yield CountedItem.parse(unmarshall(item));
      start = some.LastEvaluatedKey;
    } while (start !== undefined);
  }
}
