import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import * as z from 'zod';
import { linkSecrets } from '#shared/access/link-secrets.ts';
import { linksAt } from '#shared/access/links.ts';
import { brandOf } from '#shared/catalog/brand.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { isCaseOpen } from '#shared/dunning/is-case-open.ts';
import { findBill } from '#shared/invoicing/objects/bill-item.ts';
import { sesMailer } from '#shared/messages/mail/ses-mailer.ts';
import type { MessageDependencies } from '#shared/messages/message-dependencies.ts';
import { operatorEndpoint } from '#shared/messages/operator/operator-endpoint.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { countMissingSecret, secretParameter } from '#shared/platform/secret-parameter.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  MAIL_FROM: z.string().min(1),
  MAIL_CONFIGURATION_SET: z.string().min(1),
  PUBLIC_ADDRESS: z.url(),
  LINK_SECRET_PARAMETER: z.string().min(1),
  OPERATOR_ENDPOINT: z.url().optional(),
  OPERATOR_SECRET_PARAMETER: z.string().min(1),
});

export function buildServices(): MessageDependencies {
  const env = parseEnv(Env);
  const table = new WatchedLedger(new DynamoDBClient({}), env.LEDGER_TABLE);
  const catalogStore = new CatalogStore(table, catalogTextsIn(new S3Client({}), env.USAGE_BUCKET));
  const linkSecret = secretParameter(env.LINK_SECRET_PARAMETER, systemClock);
  const secret = secretParameter(env.OPERATOR_SECRET_PARAMETER, systemClock);
  return {
    table,
    clock: systemClock,
    mailer: sesMailer(new SESClient({ maxAttempts: 1 }), env.MAIL_CONFIGURATION_SET),
    operator:
      env.OPERATOR_ENDPOINT === undefined
        ? undefined
        : operatorEndpoint(env.OPERATOR_ENDPOINT, { secret, clock: systemClock }),
    links: async from => linksAt(env.PUBLIC_ADDRESS, (await linkSecrets(linkSecret, countMissingSecret)).signing)(from),
    brandOf: async (account, at) => brandOf(await catalogStore.versions(), account, at),
    ownTexts: async (locale, at) => (await catalogStore.versionAt(at))?.texts[locale] ?? {},
    standingOf: async bill => (await findBill(table, bill))?.standing,
    isCaseOpen: (account, id) => isCaseOpen(table, account, id),
    mailFrom: env.MAIL_FROM,
  };
}
