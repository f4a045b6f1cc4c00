import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { elapsedTime } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { Table } from '#shared/platform/table.ts';
import { BatchMarkers } from '#shared/usage/intake/batch-marker.ts';
import { cachedAssignments, ledgerAssignments } from '#shared/usage/intake/look-up-assignments.ts';
import { measureCount } from '#shared/usage/intake/measure-count.ts';
import { ReportedSlots } from '#shared/usage/intake/reported-slots.ts';
import { SourceWatermarks } from '#shared/usage/intake/source-watermarks.ts';
import type { IntakeMessageDependencies } from '#shared/usage/intake/take-in-messages.ts';
import { UsageBucket } from '#shared/usage/intake/usage-bucket.ts';
import { markLate } from '#shared/usage/late/late-marks.ts';
import { tablePageWriter } from '#shared/usage/pages/page-writer.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';
import { QuarantineLedger } from '#shared/usage/quarantine/quarantine-ledger.ts';

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
  const markers = new BatchMarkers(ledger);
  const quarantine = new QuarantineLedger(ledger);
  const slotsReported = new ReportedSlots(ledger);
  const watermarks = new SourceWatermarks(ledger);
  return {
    writePage: tablePageWriter(dynamodb, env.PAGES_TABLE),
    lookUpAssignments: cachedAssignments(ledgerAssignments(dynamodb, env.LEDGER_TABLE), elapsedTime),
    point: (pointer, expiresAtSeconds) => quarantine.point(pointer, expiresAtSeconds),
    countBatch: async (message, count) => {
      await markers.count(message.source, message.batch, message.acceptedSeconds, count);
      measureCount(count);
    },
    noteSlots: (source, slots) => slotsReported.note(source, slots),
    markLate: (account, at) => markLate(ledger, account, at),
    noteWatermark: (source, through) => watermarks.advance(source, through),
    retention: retainFor(env.RETENTION_MONTHS),
    archive: batches => bucket.archive(batches),
    readObject: key => bucket.read(key),
    queue: new QueueSender(new SQSClient(), env.USAGE_QUEUE_URL),
  };
}
