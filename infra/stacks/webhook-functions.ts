import { Duration, type Stack } from 'aws-cdk-lib';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { onItems, onQueue, onTable } from '#infra/constructs/access.ts';
import { ApiFunction } from '#infra/constructs/api-function.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { QueueFunction } from '#infra/constructs/queue-function.ts';
import { ScheduledFunction } from '#infra/constructs/scheduled-function.ts';
import { secretParameterName } from '#shared/platform/secret-parameter.ts';
import type { DataStack } from './data-stack.ts';
import {
  watchEndpoint,
  watchIncidents,
  watchMissedEvents,
  watchStripeSecret,
  watchWebhookSecrets,
} from './own-metrics.ts';
import { onParameter, onStripeSecret, stripeEnvironment } from './stripe-access.ts';

/** What happens at Stripe: from its webhook to what the event wakes, and what the webhook missed. */
export function webhookFunctions(
  scope: Stack,
  platform: Platform,
  data: DataStack,
  settings: StageSettings,
): HouseFunction[] {
  const { ledger } = data;
  const stripeEvents = data.queue('stripe-events');
  const queue = { STRIPE_EVENTS_QUEUE_URL: stripeEvents.queue.queueUrl };
  const secrets = secretParameterName(settings.stage, 'webhook');

  const webhook = new ApiFunction(scope, 'stripe-webhook', {
    platform,
    errorImpact:
      'Events of Stripe are not taken in: Stripe repeats them for three days, and holds drafts back as long.',
    runbook: 'stripe-webhook',
    // What Stripe is refused it sends again, but an endpoint that refuses for days is switched off.
    perSecond: 500,
    ...(settings.webhookInstances !== undefined && { reservedInstances: settings.webhookInstances }),
    memoryMegabytes: 256,
    timeout: Duration.seconds(10),
    environment: { ...queue, WEBHOOK_SECRETS_PARAMETER: secrets },
    access: [onQueue(stripeEvents.queue, 'SendMessage'), onParameter(scope, secrets)],
  });
  watchWebhookSecrets(platform, webhook);

  const events = new QueueFunction(scope, 'stripe-events', {
    platform,
    errorImpact: 'Payments, cards and invoices are noticed late: what they wake runs at its regular moment.',
    runbook: 'stripe-events',
    work: stripeEvents,
    batchSize: 10,
    batchWindow: Duration.seconds(0),
    maxConcurrency: 5,
    waitingTooLong: Duration.minutes(15),
    memoryMegabytes: 512,
    environment: { LEDGER_TABLE: ledger.tableName, ...stripeEnvironment(settings, 5) },
    access: [
      onTable(ledger, 'GetItem', 'Query', 'UpdateItem', 'ConditionCheckItem'),
      onItems(ledger, ['case', 'stripe#*', 'account#*'], 'PutItem'),
      onStripeSecret(scope, settings),
    ],
  });
  watchStripeSecret(platform, events);
  watchIncidents(platform, events, { canWait: true });
  watchMissedEvents(platform, events);

  const missed = new ScheduledFunction(scope, 'missed-events', {
    platform,
    errorImpact:
      'What Stripe did not tell stays unnoticed: first bills, pay links, payments, the beginning of dunning.',
    runbook: 'missed-events',
    schedule: 'rate(12 hours)',
    silentTooLong: Duration.days(1),
    memoryMegabytes: 512,
    timeout: Duration.minutes(15),
    environment: {
      ...queue,
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: data.usageBucket.bucket.bucketName,
      ...stripeEnvironment(settings, 1),
    },
    access: [
      onQueue(stripeEvents.queue, 'SendMessage'),
      onTable(ledger, 'GetItem'),
      onItems(ledger, ['case', 'stripe'], 'PutItem'),
      onItems(ledger, ['stripe'], 'UpdateItem'),
      onStripeSecret(scope, settings),
    ],
  });
  watchIncidents(platform, missed, { canWait: true });
  watchEndpoint(platform, missed);

  return [webhook, events, missed];
}
