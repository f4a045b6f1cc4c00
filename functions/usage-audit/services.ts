import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { metrics, publishMetrics } from '#shared/platform/log.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { Table } from '#shared/platform/table.ts';
import type { FileAudit } from '#shared/usage/files/audit-files.ts';
import { FileLedger } from '#shared/usage/files/file-ledger.ts';
import { fileObjectsIn } from '#shared/usage/files/file-objects.ts';
import { fileNotification } from '#shared/usage/files/take-file-messages.ts';
import type { ObjectAudit } from '#shared/usage/intake/audit-objects.ts';
import { BatchMarkers } from '#shared/usage/intake/batch-marker.ts';
import { objectNotification } from '#shared/usage/intake/intake-message.ts';
import { UsageBucket } from '#shared/usage/intake/usage-bucket.ts';

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  USAGE_QUEUE_URL: z.url(),
  FILES_QUEUE_URL: z.url(),
});

export interface UsageAuditServices {
  readonly audit: ObjectAudit;
  readonly files: FileAudit;
  readonly measure: (announced: number) => void;
}

export function buildServices(): UsageAuditServices {
  const env = parseEnv(Env);
  const ledger = new Table(new DynamoDBClient(), env.LEDGER_TABLE);
  const markers = new BatchMarkers(ledger);
  const s3 = new S3Client();
  const bucket = new UsageBucket(s3, env.USAGE_BUCKET);
  const sqs = new SQSClient();
  const queue = new QueueSender(sqs, env.USAGE_QUEUE_URL);
  const filesQueue = new QueueSender(sqs, env.FILES_QUEUE_URL);
  return {
    audit: {
      clock: systemClock,
      objectsBetween: (from, to) => bucket.rawObjects(from, to),
      isCounted: (source, batch) => markers.isCounted(source, batch),
      announce: key => queue.send(objectNotification(key)),
    },
    files: {
      clock: systemClock,
      objects: fileObjectsIn(s3, env.USAGE_BUCKET),
      files: new FileLedger(ledger),
      announce: arrival => filesQueue.send(fileNotification(arrival)),
    },
    measure: announced => {
      if (announced > 0) metrics.addMetric('UsageUncounted', 'Count', announced);
      publishMetrics();
    },
  };
}
