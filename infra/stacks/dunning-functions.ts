import { Duration, type Stack } from 'aws-cdk-lib';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { onObjects, onTable } from '#infra/constructs/access.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { QueueFunction } from '#infra/constructs/queue-function.ts';
import type { DataStack } from './data-stack.ts';
import { watchIncidents, watchStripeSecret } from './own-metrics.ts';
import { onStripeSecret, stripeEnvironment } from './stripe-access.ts';

/** What happens when a bill is not paid. */
export function dunningFunctions(
  scope: Stack,
  platform: Platform,
  data: DataStack,
  settings: StageSettings,
): HouseFunction[] {
  const { ledger, usageBucket } = data;

  const dunningFunction = new QueueFunction(scope, 'dunning', {
    platform,
    errorImpact: 'Subscribers who paid wait for their service; those who did not are asked late.',
    runbook: 'dunning',
    work: data.queue('dunning'),
    // Each look is some six calls to Stripe, which together must stay below its rate.
    batchSize: 5,
    batchWindow: Duration.seconds(0),
    maxConcurrency: 5,
    waitingTooLong: Duration.minutes(30),
    memoryMegabytes: 512,
    environment: {
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: usageBucket.bucket.bucketName,
      ...stripeEnvironment(settings, 5),
    },
    access: [
      onTable(ledger, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
      onStripeSecret(scope, settings),
    ],
  });
  watchStripeSecret(platform, dunningFunction);
  watchIncidents(platform, dunningFunction, { canWait: true });

  return [dunningFunction];
}
