import { Duration, type Stack } from 'aws-cdk-lib';
import { millions, type StageSettings } from '#infra/config/stage-settings.ts';
import { onIndex, onItems, onObjects, onQueue, onTable } from '#infra/constructs/access.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { QueueFunction } from '#infra/constructs/queue-function.ts';
import { ScheduledFunction } from '#infra/constructs/scheduled-function.ts';
import { queueUrlVariable, WAKING_QUEUES } from '#shared/platform/due-kinds.ts';
import { LEDGER_LAYOUT } from '#shared/platform/table-layout.ts';
import type { DataStack } from './data-stack.ts';
import { watchIncidents, watchStripeSecret } from './own-metrics.ts';
import { onStripeSecret, stripeEnvironment } from './stripe-access.ts';

/** The two clocks, and what they wake: rating, movements to Stripe's meters, the end of a period. */
export function ratingFunctions(
  scope: Stack,
  platform: Platform,
  data: DataStack,
  settings: StageSettings,
): HouseFunction[] {
  const { pages, ledger, usageBucket } = data;
  const woken = WAKING_QUEUES.map(name => ({ variable: queueUrlVariable(name), queue: data.queue(name).queue }));

  const sweeper = new ScheduledFunction(scope, 'sweeper', {
    platform,
    errorImpact: 'No account is rated and nothing that waits is driven on: Stripe learns of no usage until it runs.',
    runbook: 'sweeper',
    schedule: 'rate(1 minute)',
    silentTooLong: Duration.minutes(15),
    memoryMegabytes: 256,
    timeout: Duration.seconds(60),
    environment: {
      LEDGER_TABLE: ledger.tableName,
      ...Object.fromEntries(woken.map(({ variable, queue }) => [variable, queue.queueUrl])),
      FLUSHES_PER_DAY: String(settings.flushesPerDay),
    },
    access: [
      onIndex(ledger, LEDGER_LAYOUT.wake.index),
      onTable(ledger, 'UpdateItem'),
      onItems(ledger, ['sweeper'], 'GetItem', 'PutItem'),
      ...woken.map(({ queue }) => onQueue(queue, 'SendMessage')),
    ],
  });

  const ratingFunction = new QueueFunction(scope, 'rating', {
    platform,
    errorImpact: 'Usage is counted but not rated or not pushed: invoices that close now lack it.',
    runbook: 'rating',
    work: data.queue('rating'),
    batchSize: 10,
    batchWindow: Duration.seconds(0),
    maxConcurrency: 10,
    waitingTooLong: Duration.minutes(30),
    // Stripe is waited for most of the time, and waiting is charged by the memory.
    memoryMegabytes: 512 * millions(settings.mostRecordsPerPeriod),
    environment: {
      PAGES_TABLE: pages.tableName,
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: usageBucket.bucket.bucketName,
      PUSH: settings.push,
      BILLING_HOUR: String(settings.billingHour),
      MOST_RECORDS: String(settings.mostRecordsPerPeriod),
      ...stripeEnvironment(settings, 10),
    },
    access: [
      onTable(pages, 'Query'),
      onTable(ledger, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
      onObjects(usageBucket, 'manifests', 'PutObject'),
      onStripeSecret(scope, settings),
    ],
  });
  watchStripeSecret(platform, ratingFunction);
  watchIncidents(platform, ratingFunction, { canWait: false });

  return [sweeper, ratingFunction];
}
