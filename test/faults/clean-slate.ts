import { type AttributeValue, BatchWriteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { LEDGER_LAYOUT, PAGES_LAYOUT } from '#shared/platform/table-layout.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';

const PER_CALL = 25;
/** The sweeper goes on from where it was. */
const ALSO_KEPT = 'sweeper';

const Deployment = z.object({ ledger: z.string(), pages: z.string(), bucket: z.string() });

type Key = Record<string, AttributeValue>;

interface Layout {
  readonly partition: string;
  readonly sort: string;
}

/**
 * Takes away what a run left behind, so that many runs, one after the other in time, cannot touch each other. What is
 * there at the first look belongs to the deployment and stays.
 */
export class CleanSlate {
  readonly #prepared: PreparedCloud;
  #kept: { readonly partitions: ReadonlySet<string>; readonly objects: ReadonlySet<string> } | undefined;

  constructor(prepared: PreparedCloud) {
    this.#prepared = prepared;
  }

  async wipe(): Promise<void> {
    const { cloud, stripe } = this.#prepared;
    for await (const subscription of stripe.subscriptions.list({ limit: 100 })) {
      if (subscription.status !== 'incomplete_expired') await stripe.subscriptions.cancel(subscription.id);
    }
    const { ledger, pages, bucket } = Deployment.parse(JSON.parse(cloud.parameter('/dunlin/dev/deployment') ?? '{}'));
    const connection = {
      endpoint: cloud.aws.endpoint,
      region: cloud.aws.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    const client = new DynamoDBClient(connection);
    const s3 = new S3Client(connection);
    try {
      const keys = await keysOf(client, ledger, LEDGER_LAYOUT);
      const objects = await objectsOf(s3, bucket);
      const partition = (key: Key) => key[LEDGER_LAYOUT.partition]?.S ?? '';
      this.#kept ??= { partitions: new Set([...keys.map(partition), ALSO_KEPT]), objects: new Set(objects) };
      const kept = this.#kept;
      await remove(
        client,
        ledger,
        keys.filter(key => !kept.partitions.has(partition(key))),
      );
      await remove(client, pages, await keysOf(client, pages, PAGES_LAYOUT));
      await removeObjects(
        s3,
        bucket,
        objects.filter(key => !kept.objects.has(key)),
      );
    } finally {
      client.destroy();
      s3.destroy();
    }
  }
}

async function keysOf(client: DynamoDBClient, table: string, { partition, sort }: Layout): Promise<Key[]> {
  const names = { '#p': partition, '#s': sort };
  const scan = { TableName: table, ProjectionExpression: '#p, #s', ExpressionAttributeNames: names };
  const keys: Key[] = [];
  let from: Key | undefined;
  do {
    const answer = await client.send(new ScanCommand({ ...scan, ExclusiveStartKey: from }));
    keys.push(...(answer.Items ?? []));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return keys;
}

async function remove(client: DynamoDBClient, table: string, keys: readonly Key[]): Promise<void> {
  for (let start = 0; start < keys.length; start += PER_CALL) {
    const requests = keys.slice(start, start + PER_CALL).map(Key => ({ DeleteRequest: { Key } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}

async function objectsOf(client: S3Client, Bucket: string): Promise<string[]> {
  const keys: string[] = [];
  let from: string | undefined;
  do {
    const answer = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: from }));
    keys.push(...(answer.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    from = answer.NextContinuationToken;
  } while (from !== undefined);
  return keys;
}

async function removeObjects(client: S3Client, Bucket: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map(Key => ({ Key })), Quiet: true } }));
}
