import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { Table } from '#shared/platform/table.ts';
import { intakePorts } from '#shared/usage/intake/intake-ports.ts';
import type { IntakeMessageDependencies } from '#shared/usage/intake/take-in-messages.ts';
import { UsageBucket } from '#shared/usage/intake/usage-bucket.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';

const Env = z.object({
  PAGES_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  USAGE_QUEUE_URL: z.url(),
  RETENTION_MONTHS: z.coerce.number().int().min(1),
});

interface IntakeServices extends IntakeMessageDependencies {
  /** Its own, for what an outage is about to use up. */
  readonly queue: QueueSender;
}

export function buildServices(): IntakeServices {
  const env = parseEnv(Env);
  const dynamodb = new DynamoDBClient();
  const ledger = new Table(dynamodb, env.LEDGER_TABLE);
  const bucket = new UsageBucket(new S3Client(), env.USAGE_BUCKET);
  return {
    ...intakePorts(dynamodb, { pages: env.PAGES_TABLE, ledger }, retainFor(env.RETENTION_MONTHS)),
    archive: batches => bucket.archive(batches),
    readObject: key => bucket.read(key),
    queue: new QueueSender(new SQSClient(), env.USAGE_QUEUE_URL),
  };
}
