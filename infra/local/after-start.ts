import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import Stripe from 'stripe';
import * as z from 'zod';
import { publishCatalog } from '#infra/cli/catalog-publish.ts';
import { makeKey } from '#shared/access/make-key.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { SCOPES } from '#shared/platform/http/caller.ts';
import { Table } from '#shared/platform/table.ts';
import type { LocalCloud } from './local-cloud.ts';
import { LOCAL_KEY } from './local-key.ts';
import type { StartArguments } from './start-arguments.ts';
import { tellClosing } from './story/closing-table.ts';
import { Operator } from './story/operator.ts';
import type { SampleMonths } from './story/sample-months.ts';
import { tellSample as tell } from './story/tell-sample.ts';

export { LOCAL_KEY };

const SAMPLE_CATALOG = new URL('../catalog', import.meta.url).pathname;
const Deployment = z.object({ ledger: z.string(), bucket: z.string() });

/** Between the start of the parts and `ready`: the catalog is published, the admin key is made. Repeating it is safe. */
export async function prepare(cloud: LocalCloud, args: Pick<StartArguments, 'catalog'>): Promise<void> {
  const connection = {
    endpoint: cloud.aws.endpoint,
    region: cloud.aws.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const dynamoDb = new DynamoDBClient(connection);
  const s3 = new S3Client(connection);
  try {
    const names = Deployment.parse(JSON.parse(cloud.parameter('/dunlin/dev/deployment') ?? '{}'));
    const ledger = new Table(dynamoDb, names.ledger);
    await makeKey(ledger, { scopes: SCOPES, label: 'the local cloud', source: 'local' }, cloud.now, LOCAL_KEY);
    await publish(cloud, new CatalogStore(ledger, catalogTextsIn(s3, names.bucket)), args.catalog);
  } finally {
    dynamoDb.destroy();
    s3.destroy();
  }
}

async function publish(cloud: LocalCloud, catalogStore: CatalogStore, folder = SAMPLE_CATALOG): Promise<void> {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  const outcome = await publishCatalog({ folder, stripe: stripeOf(cloud), catalogStore, clock: cloud.now, report });
  if (outcome === 'refused') throw new Error(`The catalog in ${folder} cannot be published.\n${lines.join('\n')}`);
}

function stripeOf(cloud: LocalCloud): Stripe {
  const { hostname, port } = new URL(cloud.twin.address);
  return new Stripe('sk_test_local', { host: hostname, port: Number(port), protocol: 'http', telemetry: false });
}

/** Unless `--empty`: the sample's months, told as they happen. */
export async function tellSample(
  cloud: LocalCloud,
  months: SampleMonths,
  say: (line: string) => void = line => console.log(line),
): Promise<void> {
  const scene = {
    operator: new Operator(cloud.api, LOCAL_KEY),
    stripe: stripeOf(cloud),
    outbox: cloud.outbox,
    now: cloud.now,
    moveTo: cloud.moveTo,
    say,
    months,
  };
  await tellClosing(scene, await tell(scene));
}
