import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import type { DunningServices } from '#shared/dunning/dunning-services.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { metrics } from '#shared/platform/log.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';
import { stripeReceivables } from '#shared/stripe/receivables.ts';
import { stripeSource } from '#shared/stripe/stripe-source.ts';

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  STRIPE_SECRET_PARAMETER: z.string().min(1),
  STRIPE_API_BASE: z.url(),
  STRIPE_CALLS_PER_SECOND: z.coerce.number().positive(),
});

export function buildServices(): DunningServices {
  const env = parseEnv(Env);
  const table = new WatchedLedger(new DynamoDBClient({}), env.LEDGER_TABLE);
  const catalogStore = new CatalogStore(table, catalogTextsIn(new S3Client({}), env.USAGE_BUCKET));
  const key = secretParameter(env.STRIPE_SECRET_PARAMETER, systemClock);
  const stripe = stripeSource(key, env.STRIPE_API_BASE, env.STRIPE_CALLS_PER_SECOND);
  return {
    table,
    clock: systemClock,
    receivables: stripeReceivables(stripe),
    catalogAt: at => catalogStore.versionAt(at),
    count: metric => metrics.addMetric(metric, 'Count', 1),
  };
}
