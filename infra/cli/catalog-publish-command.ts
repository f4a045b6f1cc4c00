import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import { Table } from '#shared/platform/table.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { publishCatalog } from './catalog-publish.ts';
import { readDeployment } from './deployment.ts';

interface Options {
  readonly stage: string;
  readonly yes?: boolean;
}

/** Adds `publish <folder>` to the command `catalog`. */
export function registerCatalogPublish(catalog: Command): void {
  catalog
    .command('publish')
    .description('check a catalog folder, show what it would change at Stripe, and publish it')
    .argument('<folder>', 'folder with the YAML and CSV files')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .option('--yes', 'do not ask before anything is made')
    .action(async (folder: string, options: Options) => {
      const outcome = await publishTo(folder, options);
      if (outcome === 'refused' || outcome === 'declined') process.exitCode = 1;
    });
}

async function publishTo(folder: string, { stage, yes }: Options) {
  const deployment = await readDeployment(stage);
  const secretKey = await secretParameter(deployment.stripeSecretParameter, deployment.clock, () => undefined)();
  const dynamoDb = new DynamoDBClient({ region: deployment.region });
  const s3 = new S3Client({ region: deployment.region });
  try {
    return await publishCatalog({
      folder,
      stripe: stripeClient(secretKey, deployment.stripeEndpoint),
      catalogStore: new CatalogStore(new Table(dynamoDb, deployment.ledger), catalogTextsIn(s3, deployment.bucket)),
      clock: deployment.clock,
      report: line => console.log(line),
      ...(yes !== true && { confirm: askWhetherToPublish }),
    });
  } finally {
    dynamoDb.destroy();
    s3.destroy();
  }
}

async function askWhetherToPublish(): Promise<boolean> {
  const answer = await confirm({ message: 'Make this at Stripe and publish the version?' });
  return !isCancel(answer) && answer;
}
