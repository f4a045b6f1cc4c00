import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import type { SweeperServices } from '#shared/platform/sweep.ts';
import { Table } from '#shared/platform/table.ts';

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  RATING_QUEUE_URL: z.url(),
  BILLS_QUEUE_URL: z.url(),
  DUNNING_QUEUE_URL: z.url(),
  NOTICES_QUEUE_URL: z.url(),
  FLUSHES_PER_DAY: z.coerce.number().int().min(1).max(24),
});

export function buildServices(): SweeperServices {
  const env = parseEnv(Env);
  const sqs = new SQSClient({});
  const rating = new QueueSender(sqs, env.RATING_QUEUE_URL);
  const notices = new QueueSender(sqs, env.NOTICES_QUEUE_URL);
  const queues = new Map([
    ['bill', new QueueSender(sqs, env.BILLS_QUEUE_URL)],
    ['dunning', new QueueSender(sqs, env.DUNNING_QUEUE_URL)],
    ['message', notices],
    ['service', notices],
  ]);
  return {
    table: new Table(new DynamoDBClient({}), env.LEDGER_TABLE),
    wakeUp: async wakeUps => {
      for (const [queue, some] of Map.groupBy(wakeUps, ({ kind }) => queues.get(kind) ?? rating)) {
        await queue.sendAll(some);
      }
    },
    clock: systemClock,
    flushesPerDay: env.FLUSHES_PER_DAY,
  };
}
