import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Feedback } from '#shared/messages/mail/note-feedback.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { metrics } from '#shared/platform/log.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';

const Env = z.object({ LEDGER_TABLE: z.string().min(1), MAIL_FEEDBACK_QUEUE_URL: z.url() });

interface FeedbackServices extends Feedback {
  /** Its own, for what an outage is about to use up. */
  readonly queue: QueueSender;
}

export function buildServices(): FeedbackServices {
  const env = parseEnv(Env);
  return {
    table: new WatchedLedger(new DynamoDBClient({}), env.LEDGER_TABLE),
    clock: systemClock,
    queue: new QueueSender(new SQSClient(), env.MAIL_FEEDBACK_QUEUE_URL),
    count: metric => metrics.addMetric(metric, 'Count', 1),
  };
}
