import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { secretParameter } from '#shared/stripe/secret-key.ts';
import type { WebhookServices } from '#shared/stripe/webhook-route.ts';
import { parseWebhookSecrets } from '#shared/stripe/webhook-secrets.ts';

const Env = z.object({
  WEBHOOK_SECRETS_PARAMETER: z.string().min(1),
  STRIPE_EVENTS_QUEUE_URL: z.url(),
});

export function buildServices(): WebhookServices {
  const env = parseEnv(Env);
  const secrets = secretParameter(env.WEBHOOK_SECRETS_PARAMETER, systemClock);
  const queue = new QueueSender(new SQSClient({}), env.STRIPE_EVENTS_QUEUE_URL);
  return {
    clock: systemClock,
    secrets: async () => parseWebhookSecrets(await secrets()),
    handOver: message => queue.send(message),
  };
}
