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
  FLUSHES_PER_DAY: z.coerce.number().int().min(1).max(24),
});

export function buildServices(): SweeperServices {
  const env = parseEnv(Env);
  const sqs = new SQSClient({});
  const rating = new QueueSender(sqs, env.RATING_QUEUE_URL);
  const bills = new QueueSender(sqs, env.BILLS_QUEUE_URL);
  return {
    table: new Table(new DynamoDBClient({}), env.LEDGER_TABLE),
    poke: async pokes => {
      for (const [queue, some] of Map.groupBy(pokes, ({ kind }) => (kind === 'bill' ? bills : rating))) {
        await queue.sendAll(some);
      }
    },
    clock: systemClock,
    flushesPerDay: env.FLUSHES_PER_DAY,
  };
}
