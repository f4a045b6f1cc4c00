import type { BucketService } from '../buckets/bucket-service.ts';
import type { Forwarder } from '../gateway/forward.ts';
import type { QueueService } from '../queues/queue-service.ts';
import type { Deployment, TableSpec } from './deployment.ts';

/** The embedded DynamoDB wants to see a signature and does not check it. */
const UNCHECKED_SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** Makes tables, queues and buckets as declared; what is there from an earlier run is kept as it is. */
export async function deploy(
  { tables, queues, buckets }: Deployment,
  parts: { tables: Pick<Forwarder, 'send'>; queues: QueueService; buckets: BucketService },
): Promise<void> {
  await Promise.all(tables.map(table => createTable(table, parts.tables)));
  for (const queue of queues) parts.queues.create(queue);
  for (const bucket of buckets) parts.buckets.create(bucket);
}

async function createTable(table: TableSpec, tables: Pick<Forwarder, 'send'>): Promise<void> {
  const { status, body } = await tables.send({
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.CreateTable',
      'x-amz-date': '20260101T000000Z',
      authorization: UNCHECKED_SIGNATURE,
    },
    body: Buffer.from(JSON.stringify(table)),
  });
  const text = body.toString();
  if (status !== 200 && !text.includes('ResourceInUseException')) {
    throw new Error(`The table ${table.TableName} could not be made: ${text}`);
  }
}
