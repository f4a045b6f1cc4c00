import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { carriedIntoIn } from '#shared/accounts/carried-allowances.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { tariffOf } from '#shared/catalog/catalog-tariff.ts';
import type { ManifestStore } from '#shared/invoicing/frozen/frozen-object.ts';
import { manifestsIn } from '#shared/invoicing/frozen/manifest-bucket.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import type { BillObjects } from '#shared/invoicing/objects/bill-objects.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { answersIn } from '#shared/platform/http/kept-answers.ts';
import type { HttpServices } from '#shared/platform/http/route.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';
import type { RatingDependencies } from '#shared/rating/rate-account.ts';
import { stripeBillingProvider } from '#shared/stripe/stripe-billing-provider.ts';
import { stripeSource } from '#shared/stripe/stripe-source.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { pageReader } from '#shared/usage/pages/read-pages.ts';

const Env = z.object({
  PAGES_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  STRIPE_SECRET_PARAMETER: z.string().min(1),
  STRIPE_API_BASE: z.url(),
  STRIPE_CALLS_PER_SECOND: z.coerce.number().positive(),
  BILLING_HOUR: z.coerce.number().int().min(0).max(23),
});

/** A request has 29 s; a million records take longer. */
const MOST_RECORDS = 500_000;

/** What routes need that read and write the ledger only, or Stripe by way of the accounts. */
export interface AccountRouteServices extends HttpServices {
  readonly accounts: AccountServices;
}

export interface AccountApiServices extends AccountRouteServices {
  readonly rating: RatingDependencies;
  readonly manifests: ManifestStore;
  readonly bills: BillObjects;
}

export function buildServices(): AccountApiServices {
  const env = parseEnv(Env);
  const dynamoDb = new DynamoDBClient({});
  const s3 = new S3Client({});
  const ledger = new WatchedLedger(dynamoDb, env.LEDGER_TABLE);
  const catalogStore = new CatalogStore(ledger, catalogTextsIn(s3, env.USAGE_BUCKET));
  const key = secretParameter(env.STRIPE_SECRET_PARAMETER, systemClock);
  const stripe = stripeSource(key, env.STRIPE_API_BASE, env.STRIPE_CALLS_PER_SECOND);
  return {
    authenticate: ledgerKeys(ledger),
    keptAnswers: answersIn(ledger),
    accounts: {
      ledger,
      provider: stripeBillingProvider(stripe),
      tariff: tariffOf(catalogStore),
      clock: systemClock,
      billingHour: env.BILLING_HOUR,
    },
    rating: {
      pages: pageReader(dynamoDb, env.PAGES_TABLE, new SourceRegistry(ledger)),
      catalogs: () => catalogStore.versions(),
      carriedInto: carriedIntoIn(ledger),
      mostRecords: MOST_RECORDS,
    },
    manifests: manifestsIn(s3, env.USAGE_BUCKET),
    bills: billsIn(s3, env.USAGE_BUCKET),
  };
}
