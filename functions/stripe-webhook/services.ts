import * as z from 'zod';
import { parseEnv } from '#shared/platform/env.ts';
import { systemClock } from '#shared/platform/instant.ts';
import type { QueueSender } from '#shared/platform/queue-sender.ts';
import { secretParameter } from '#shared/platform/secret-parameter.ts';
import type { WebhookServices } from '#shared/stripe/webhook-route.ts';
import { parseWebhookSecrets } from '#shared/stripe/webhook-secrets.ts';

const Env = z.object({
  WEBHOOK_SECRETS_PARAMETER: z.string().min(1),
  STRIPE_EVENTS_QUEUE_URL: z.url(),
});

export function buildServices(): WebhookServices {
  const env = parseEnv(Env);
  const secrets = secretParameter(env.WEBHOOK_SECRETS_PARAMETER, systemClock);
  // The queue's client is a third of a cold import. The first request loads it, while the secrets are on their way.
  let loading: Promise<QueueSender> | undefined;
  const queue = () => {
    loading ??= import('./events-queue.ts').then(({ eventsQueue }) => eventsQueue(env.STRIPE_EVENTS_QUEUE_URL));
    return loading;
  };
  return {
    clock: systemClock,
    secrets: async () => {
      const [text] = await Promise.all([secrets(), queue()]);
      return parseWebhookSecrets(text);
    },
    handOver: async message => (await queue()).send(message),
  };
}
