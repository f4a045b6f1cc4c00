import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { fileSourceIn } from '#shared/access/file-source.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { takeDue, wakeText } from '#shared/platform/due.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { elapsedTime, systemClock } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { wakeUpFor } from '#shared/platform/wake-up.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';
import { FileLedger } from '#shared/usage/files/file-ledger.ts';
import { fileObjectsIn } from '#shared/usage/files/file-objects.ts';
import type { FileServices } from '#shared/usage/files/file-services.ts';
import { intakePorts } from '#shared/usage/intake/intake-ports.ts';
import { UsageBucket } from '#shared/usage/intake/usage-bucket.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';

const Env = z.object({
  PAGES_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  FILES_QUEUE_URL: z.url(),
  RETENTION_MONTHS: z.coerce.number().int().min(1),
});

export function buildServices(): FileServices {
  const env = parseEnv(Env);
  const dynamodb = new DynamoDBClient({});
  const s3 = new S3Client({});
  const table = new WatchedLedger(dynamodb, env.LEDGER_TABLE);
  const bucket = new UsageBucket(s3, env.USAGE_BUCKET);
  const queue = new QueueSender(new SQSClient({}), env.FILES_QUEUE_URL);
  const retention = retainFor(env.RETENTION_MONTHS);
  const catalogs = new CatalogStore(table, catalogTextsIn(s3, env.USAGE_BUCKET));
  return {
    table,
    files: new FileLedger(table),
    objects: fileObjectsIn(s3, env.USAGE_BUCKET),
    clock: systemClock,
    elapsed: elapsedTime,
    sourceNamed: fileSourceIn({
      ledger: table,
      catalogAt: at => catalogs.versionAt(at),
      newSecret: () => randomBytes(24).toString('base64url'),
    }),
    keptSince: retention.keptSince,
    intake: intakePorts(dynamodb, { pages: env.PAGES_TABLE, ledger: table }, retention),
    archive: batches => bucket.archive(batches),
    hurry: async (keys, dueAt) => {
      const taken = await allInParallel(keys, 16, key => takeDue(table, key, wakeText(dueAt), systemClock()));
      await queue.sendAll(keys.filter((_, index) => taken[index]).map(wakeUpFor));
    },
  };
}
