import { Duration, type Stack } from 'aws-cdk-lib';
import { millions, type StageSettings } from '#infra/config/stage-settings.ts';
import { onObjects, onTable } from '#infra/constructs/access.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { QueueFunction } from '#infra/constructs/queue-function.ts';
import type { DataStack } from './data-stack.ts';
import { watchIncidents, watchStripeSecret } from './own-metrics.ts';
import { onStripeSecret, stripeEnvironment } from './stripe-access.ts';

/** Bills of invoices that became final. */
export function billFunctions(
  scope: Stack,
  platform: Platform,
  data: DataStack,
  settings: StageSettings,
): HouseFunction[] {
  const { pages, ledger, usageBucket } = data;

  const billRender = new QueueFunction(scope, 'bill-render', {
    platform,
    errorImpact: 'Subscribers get no bill, or a later one; Stripe collects the money all the same.',
    runbook: 'bill-render',
    work: data.queue('bills'),
    // A bill of 10 000 records holds some hundred megabytes while it is printed.
    batchSize: 1,
    batchWindow: Duration.seconds(0),
    maxConcurrency: 10,
    waitingTooLong: Duration.minutes(30),
    memoryMegabytes: 1024 * millions(settings.mostRecordsPerPeriod),
    environment: {
      PAGES_TABLE: pages.tableName,
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: usageBucket.bucket.bucketName,
      ...stripeEnvironment(settings, 10),
    },
    access: [
      onTable(pages, 'Query'),
      onTable(ledger, 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
      onObjects(usageBucket, 'manifests', 'GetObject'),
      onObjects(usageBucket, 'bills', 'GetObject', 'PutObject'),
      onStripeSecret(scope, settings),
    ],
  });
  watchStripeSecret(platform, billRender);
  watchIncidents(platform, billRender, { canWait: true });

  return [billRender];
}
