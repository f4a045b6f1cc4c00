import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { metrics } from '#shared/platform/log.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';
import { EventMessage } from '#shared/reactions/event-message.ts';
import type { LookServices } from '#shared/reactions/look-at-stripe.ts';
import { endpointsAt } from '#shared/stripe/events/list-endpoints.ts';
import { eventsAt } from '#shared/stripe/events/list-events.ts';
import { invoicesAt } from '#shared/stripe/events/list-invoices.ts';
import { stripeSource } from '#shared/stripe/stripe-source.ts';

const Env = z.object({
  LEDGER_TABLE: z.string().min(1),
  STRIPE_EVENTS_QUEUE_URL: z.url(),
  STRIPE_SECRET_PARAMETER: z.string().min(1),
  STRIPE_API_BASE: z.url(),
  USAGE_BUCKET: z.string().min(1),
  STRIPE_CALLS_PER_SECOND: z.coerce.number().positive(),
});

export function buildServices(): LookServices {
  const env = parseEnv(Env);
  const queue = new QueueSender(new SQSClient({}), env.STRIPE_EVENTS_QUEUE_URL);
  const key = secretParameter(env.STRIPE_SECRET_PARAMETER, systemClock);
  const stripe = stripeSource(key, env.STRIPE_API_BASE, env.STRIPE_CALLS_PER_SECOND);
  return {
    ledger: new WatchedLedger(new DynamoDBClient({}), env.LEDGER_TABLE),
    clock: systemClock,
    listEvents: eventsAt(stripe),
    listInvoices: invoicesAt(stripe),
    listEndpoints: endpointsAt(stripe),
    deployment: env.USAGE_BUCKET,
    handOver: events => queue.sendAll(events.map(event => z.encode(EventMessage, event))),
    count: metric => {
      metrics.addMetric(metric, 'Count', 1);
      // At once: the invocation may not live to its end.
      metrics.publishStoredMetrics();
    },
  };
}
