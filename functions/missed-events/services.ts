import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import { EventMessage } from '#shared/reactions/event-message.ts';
import type { MissedEventsServices } from '#shared/reactions/missed-events.ts';
import { undeliveredAt } from '#shared/stripe/events/list-undelivered.ts';
import { stripeSource } from '#shared/stripe/stripe-source.ts';

const Env = z.object({
  STRIPE_EVENTS_QUEUE_URL: z.url(),
  STRIPE_SECRET_PARAMETER: z.string().min(1),
  STRIPE_API_BASE: z.url(),
});

export function buildServices(): MissedEventsServices {
  const env = parseEnv(Env);
  const queue = new QueueSender(new SQSClient({}), env.STRIPE_EVENTS_QUEUE_URL);
  const stripe = stripeSource(secretParameter(env.STRIPE_SECRET_PARAMETER, systemClock), env.STRIPE_API_BASE);
  return {
    clock: systemClock,
    listUndelivered: undeliveredAt(stripe),
    handOver: events => queue.sendAll(events.map(event => z.encode(EventMessage, event))),
  };
}
