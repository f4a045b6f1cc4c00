import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { DUE_KINDS, type QueueUrlVariable, queueUrlVariable, type WakingQueue } from '#shared/platform/due-kinds.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import type { SweeperServices } from '#shared/platform/sweep.ts';
import { Table } from '#shared/platform/table.ts';

/** One for each queue that wake-ups go to: the compiler asks for a new one. */
const QUEUE_URLS = {
  FILES_QUEUE_URL: z.url(),
  RATING_QUEUE_URL: z.url(),
  STRIPE_EVENTS_QUEUE_URL: z.url(),
  BILLS_QUEUE_URL: z.url(),
  DUNNING_QUEUE_URL: z.url(),
  NOTICES_QUEUE_URL: z.url(),
} satisfies Record<QueueUrlVariable<WakingQueue>, z.ZodType>;

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  ...QUEUE_URLS,
  FLUSHES_PER_DAY: z.coerce.number().int().min(1).max(24),
});

export function buildServices(): SweeperServices {
  const env = parseEnv(Env);
  const sqs = new SQSClient({});
  return {
    table: new Table(new DynamoDBClient({}), env.LEDGER_TABLE),
    wakeUp: async wakeUps => {
      for (const [queue, some] of Map.groupBy(wakeUps, ({ kind }) => DUE_KINDS[kind])) {
        await new QueueSender(sqs, env[queueUrlVariable(queue)]).sendAll(some);
      }
    },
    clock: systemClock,
    flushesPerDay: env.FLUSHES_PER_DAY,
  };
}
