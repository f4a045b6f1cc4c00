import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Feedback } from '#shared/messages/mail/note-feedback.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { metrics } from '#shared/platform/log.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';

const Env = z.object({ LEDGER_TABLE: z.string().min(1) });

export function buildServices(): Feedback {
  const env = parseEnv(Env);
  return {
    table: new WatchedLedger(new DynamoDBClient({}), env.LEDGER_TABLE),
    clock: systemClock,
    count: metric => metrics.addMetric(metric, 'Count', 1),
  };
}
