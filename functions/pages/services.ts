import { randomInt } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { type LinkSecrets, linkSecrets } from '#shared/access/link-secrets.ts';
import type { Brand } from '#shared/catalog/brand.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import type { PaymentPlaces } from '#shared/invoicing/issue/payment-places.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import type { BillObjects } from '#shared/invoicing/objects/bill-objects.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { type Clock, type Instant, systemClock } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { countMissingSecret, secretParameter } from '#shared/platform/secret-parameter.ts';
import { type Key, Table } from '#shared/platform/table.ts';
import { stripePaymentPlaces } from '#shared/stripe/payment-places.ts';
import { stripeSource } from '#shared/stripe/stripe-source.ts';
import { sendAtOnce } from './send-at-once.ts';

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  NOTICES_QUEUE_URL: z.url(),
  PUBLIC_ADDRESS: z.url(),
  MAIL_FROM: z.string().min(1),
  LINK_SECRET_PARAMETER: z.string().min(1),
  STRIPE_SECRET_PARAMETER: z.string().min(1),
  STRIPE_API_BASE: z.url(),
  STRIPE_CALLS_PER_SECOND: z.coerce.number().positive(),
});

/** In whose name pages speak that know no account; also known where the services could not start. */
export function operatorName(): string {
  return process.env.MAIL_FROM ?? '';
}

export interface PageServices {
  readonly clock: Clock;
  readonly ledger: Table;
  /** @throws Unavailable when there is none */
  readonly secrets: () => Promise<LinkSecrets>;
  /** In order of their dates. */
  readonly catalogs: () => Promise<readonly { readonly effectiveFrom: Instant; readonly brands: readonly Brand[] }[]>;
  readonly bills: BillObjects;
  readonly payments: PaymentPlaces;
  /** Six random digits. */
  readonly newCode: () => string;
  /** Has a message that was ordered at this moment sent at once, before the sweeper comes. */
  readonly hurry: (message: Key, at: Instant) => Promise<void>;
  /** Of this API, without a slash at the end. */
  readonly address: string;
  /** In whose name pages speak where there is no brand: `Dunlin Mobile <billing@example.com>`. */
  readonly mailFrom: string;
}

export function buildServices(): PageServices {
  const env = parseEnv(Env);
  const ledger = new Table(new DynamoDBClient({}), env.LEDGER_TABLE);
  const s3 = new S3Client({});
  const catalogStore = new CatalogStore(ledger, catalogTextsIn(s3, env.USAGE_BUCKET));
  const secret = secretParameter(env.LINK_SECRET_PARAMETER, systemClock);
  const key = secretParameter(env.STRIPE_SECRET_PARAMETER, systemClock);
  const stripe = stripeSource(key, env.STRIPE_API_BASE, env.STRIPE_CALLS_PER_SECOND);
  return {
    clock: systemClock,
    ledger,
    secrets: () => linkSecrets(secret, countMissingSecret),
    catalogs: () => catalogStore.versions(),
    bills: billsIn(s3, env.USAGE_BUCKET),
    payments: stripePaymentPlaces(stripe),
    newCode: () => String(randomInt(1_000_000)).padStart(6, '0'),
    hurry: (message, at) => {
      const queue = new QueueSender(new SQSClient({}), env.NOTICES_QUEUE_URL);
      return sendAtOnce({ ledger, send: wakeUp => queue.send(wakeUp) }, message, at);
    },
    address: env.PUBLIC_ADDRESS,
    mailFrom: env.MAIL_FROM,
  };
}
