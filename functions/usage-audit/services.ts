import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { metrics, publishMetrics } from '#shared/platform/log.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { Table } from '#shared/platform/table.ts';
import type { ObjectAudit } from '#shared/usage/intake/audit-objects.ts';
import { BatchMarkers } from '#shared/usage/intake/batch-marker.ts';
import { objectNotification } from '#shared/usage/intake/intake-message.ts';
import { UsageBucket } from '#shared/usage/intake/usage-bucket.ts';

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  USAGE_QUEUE_URL: z.url(),
});

export interface UsageAuditServices {
  readonly audit: ObjectAudit;
  readonly measure: (announced: number) => void;
}

export function buildServices(): UsageAuditServices {
  const env = parseEnv(Env);
  const markers = new BatchMarkers(new Table(new DynamoDBClient(), env.LEDGER_TABLE));
  const bucket = new UsageBucket(new S3Client(), env.USAGE_BUCKET);
  const queue = new QueueSender(new SQSClient(), env.USAGE_QUEUE_URL);
  return {
    audit: {
      clock: systemClock,
      objectsBetween: (from, to) => bucket.rawObjects(from, to),
      isCounted: (source, batch) => markers.isCounted(source, batch),
      announce: key => queue.send(objectNotification(key)),
    },
    measure: announced => {
      if (announced > 0) metrics.addMetric('UsageUncounted', 'Count', announced);
      publishMetrics();
    },
  };
}
