import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { manifestsIn } from '#shared/invoicing/frozen/manifest-bucket.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import { annexPartPdf } from '#shared/invoicing/pdf/annex-part-pdf.ts';
import { billPdf } from '#shared/invoicing/pdf/bill-pdf.ts';
import type { Fonts } from '#shared/invoicing/pdf/paper.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';
import { stripeBilledInvoices } from '#shared/stripe/billed-invoices.ts';
import { stripeSource } from '#shared/stripe/stripe-source.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { pageReader } from '#shared/usage/pages/read-pages.ts';
import type { BillRenderServices } from './take-wake-up.ts';

const Env = z.object({
  PAGES_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  STRIPE_SECRET_PARAMETER: z.string().min(1),
  STRIPE_API_BASE: z.url(),
  STRIPE_CALLS_PER_SECOND: z.coerce.number().positive(),
});

export function buildServices(): BillRenderServices {
  const env = parseEnv(Env);
  const dynamo = new DynamoDBClient({});
  const bucket = new S3Client({});
  const table = new WatchedLedger(dynamo, env.LEDGER_TABLE);
  const catalogStore = new CatalogStore(table, catalogTextsIn(bucket, env.USAGE_BUCKET));
  const key = secretParameter(env.STRIPE_SECRET_PARAMETER, systemClock);
  const stripe = stripeSource(key, env.STRIPE_API_BASE, env.STRIPE_CALLS_PER_SECOND);
  return {
    table,
    clock: systemClock,
    pages: pageReader(dynamo, env.PAGES_TABLE, new SourceRegistry(table)),
    catalogs: () => catalogStore.versions(),
    catalogStore,
    manifests: manifestsIn(bucket, env.USAGE_BUCKET),
    invoices: stripeBilledInvoices(stripe),
    objects: billsIn(bucket, env.USAGE_BUCKET),
    printPdf: async bill => billPdf(bill, await fonts()),
    printAnnexPart: async (bill, part) => annexPartPdf(bill, part, await fonts()),
  };
}

let loaded: Promise<Fonts> | undefined;

/** Read when the first bill is printed, and kept. */
function fonts(): Promise<Fonts> {
  loaded ??= import('./dejavu.ts').then(({ readFonts }) => readFonts());
  return loaded;
}
