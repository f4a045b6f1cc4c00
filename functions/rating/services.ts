import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { carriedIntoIn } from '#shared/accounts/carried-allowances.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { tariffOf } from '#shared/catalog/catalog-tariff.ts';
import type { ClosePeriodDependencies } from '#shared/closing/carry-out.ts';
import { manifestsIn } from '#shared/invoicing/frozen/manifest-bucket.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';
import { stripeCustomers } from '#shared/stripe/customers.ts';
import { stripeInvoiceDrafts } from '#shared/stripe/invoice-drafts.ts';
import { stripeFinalInvoices } from '#shared/stripe/invoice-lines.ts';
import { StripeMeters } from '#shared/stripe/meter-events.ts';
import { stripeSource } from '#shared/stripe/stripe-source.ts';
import { stripeSubscriptions } from '#shared/stripe/subscriptions.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { pageReader } from '#shared/usage/pages/read-pages.ts';

const Env = z.object({
  PAGES_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  STRIPE_SECRET_PARAMETER: z.string().min(1),
  STRIPE_API_BASE: z.url(),
  STRIPE_CALLS_PER_SECOND: z.coerce.number().positive(),
  PUSH: z.enum(['daily', 'gate']),
  BILLING_HOUR: z.coerce.number().int().min(0).max(23),
  MOST_RECORDS: z.coerce.number().int().positive(),
});

export interface RatingFunctionServices {
  readonly push: 'daily' | 'gate';
  readonly metering: ClosePeriodDependencies;
  readonly accounts: AccountServices;
}

export function buildServices(): RatingFunctionServices {
  const env = parseEnv(Env);
  const dynamo = new DynamoDBClient({});
  const bucket = new S3Client({});
  const table = new WatchedLedger(dynamo, env.LEDGER_TABLE);
  const catalogStore = new CatalogStore(table, catalogTextsIn(bucket, env.USAGE_BUCKET));
  const key = secretParameter(env.STRIPE_SECRET_PARAMETER, systemClock);
  const stripe = stripeSource(key, env.STRIPE_API_BASE, env.STRIPE_CALLS_PER_SECOND);
  const subscriptions = stripeSubscriptions(stripe);
  const common = { clock: systemClock, billingHour: env.BILLING_HOUR };
  return {
    push: env.PUSH,
    metering: {
      ...common,
      table,
      pages: pageReader(dynamo, env.PAGES_TABLE, new SourceRegistry(table)),
      catalogs: () => catalogStore.versions(),
      carriedInto: carriedIntoIn(table),
      catalogStore,
      mostRecords: env.MOST_RECORDS,
      meters: new StripeMeters(stripe),
      subscriptions,
      invoices: stripeFinalInvoices(stripe),
      drafts: stripeInvoiceDrafts(stripe),
      manifests: manifestsIn(bucket, env.USAGE_BUCKET),
    },
    accounts: {
      ...common,
      ledger: table,
      tariff: tariffOf(catalogStore),
      provider: { customers: stripeCustomers(stripe), subscriptions },
    },
  };
}
