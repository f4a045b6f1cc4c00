import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { metrics } from '#shared/platform/log.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';
import type { EventServices } from '#shared/reactions/reaction.ts';
import { stripeEventObjects } from '#shared/stripe/events/stripe-event-objects.ts';
import { stripePayingMethods } from '#shared/stripe/paying-methods.ts';
import { stripeSource } from '#shared/stripe/stripe-source.ts';

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  STRIPE_SECRET_PARAMETER: z.string().min(1),
  STRIPE_API_BASE: z.url(),
  STRIPE_CALLS_PER_SECOND: z.coerce.number().positive(),
});

export function buildServices(): EventServices {
  const env = parseEnv(Env);
  const key = secretParameter(env.STRIPE_SECRET_PARAMETER, systemClock);
  const stripe = stripeSource(key, env.STRIPE_API_BASE, env.STRIPE_CALLS_PER_SECOND);
  return {
    ledger: new WatchedLedger(new DynamoDBClient({}), env.LEDGER_TABLE),
    clock: systemClock,
    objects: stripeEventObjects(stripe),
    methods: stripePayingMethods(stripe),
    count: metric => metrics.addMetric(metric, 'Count', 1),
  };
}
