import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Table } from '#shared/platform/table.ts';
import { readDeployment } from './deployment.ts';

/** Works on the ledger of a stage. */
export async function withLedger<T>(stage: string, work: (ledger: Table) => Promise<T>): Promise<T> {
  const deployment = await readDeployment(stage);
  const client = new DynamoDBClient({ region: deployment.region });
  try {
    return await work(new Table(client, deployment.ledger));
  } finally {
    client.destroy();
  }
}
