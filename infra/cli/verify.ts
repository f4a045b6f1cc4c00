import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Command } from 'commander';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { verifyBill } from '#shared/invoicing/document/bill-proof.ts';
import { manifestsIn } from '#shared/invoicing/frozen/manifest-bucket.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import { findBill } from '#shared/invoicing/objects/bill-item.ts';
import { Table } from '#shared/platform/table.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { pageReader } from '#shared/usage/pages/read-pages.ts';
import { readDeployment } from './deployment.ts';

/** Adds the command `verify <bill>`: works a bill out again from what its period was frozen with, and from its figures. */
export function registerVerify(dunlin: Command): void {
  dunlin
    .command('verify')
    .description('work out a bill again: its usage from what the period was frozen with, its totals from its lines')
    .argument('<bill>', 'id, as lists show it')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async (bill: string, { stage }: { readonly stage: string }) => {
      const wrong = await verify(bill, stage);
      console.log(wrong.length === 0 ? `${bill} is what was issued, and adds up.` : wrong.join('\n'));
      if (wrong.length > 0) process.exitCode = 1;
    });
}

async function verify(id: string, stage: string): Promise<string[]> {
  const { region, pages, ledger, bucket } = await readDeployment(stage);
  const dynamo = new DynamoDBClient({ region });
  const s3 = new S3Client({ region });
  try {
    const table = new Table(dynamo, ledger);
    const item = await findBill(table, id);
    if (item === undefined) throw new Error(`There is no bill ${id}.`);
    const sources = {
      table,
      objects: billsIn(s3, bucket),
      manifests: manifestsIn(s3, bucket),
      pages: pageReader(dynamo, pages, new SourceRegistry(table)),
      catalogStore: new CatalogStore(table, catalogTextsIn(s3, bucket)),
    };
    return await verifyBill(sources, item);
  } finally {
    dynamo.destroy();
    s3.destroy();
  }
}
