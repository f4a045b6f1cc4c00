import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '#shared/platform/instant.ts';
import { Table } from '#shared/platform/table.ts';
import { readDeployment } from './deployment.ts';

/** Works on the ledger of a stage, by the clock of where it runs. */
export async function withLedger<T>(stage: string, work: (ledger: Table, clock: Clock) => Promise<T>): Promise<T> {
  const deployment = await readDeployment(stage);
  const client = new DynamoDBClient({ region: deployment.region });
  try {
    return await work(new Table(client, deployment.ledger), deployment.clock);
  } finally {
    client.destroy();
  }
}
