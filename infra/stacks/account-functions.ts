import { Duration, type Stack } from 'aws-cdk-lib';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { onItems, onObjects, onTable } from '#infra/constructs/access.ts';
import { ApiFunction } from '#infra/constructs/api-function.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import type { DataStack } from './data-stack.ts';
import { watchIncidents, watchStripeSecret } from './own-metrics.ts';
import { onStripeSecret, stripeEnvironment } from './stripe-access.ts';

/** Accounts, their lines, and what they used. */
export function accountFunctions(
  scope: Stack,
  platform: Platform,
  data: DataStack,
  settings: StageSettings,
): HouseFunction[] {
  const { pages, ledger, usageBucket } = data;

  const accountApi = new ApiFunction(scope, 'account-api', {
    platform,
    errorImpact: 'Operators cannot make or change accounts and lines, nor see their usage; billing goes on.',
    runbook: 'account-api',
    answersElsewhere: true,
    memoryMegabytes: 1024,
    timeout: Duration.seconds(29),
    environment: {
      PAGES_TABLE: pages.tableName,
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: usageBucket.bucket.bucketName,
      BILLING_HOUR: String(settings.billingHour),
      ...stripeEnvironment(settings, 1),
    },
    access: [
      onTable(pages, 'Query'),
      onTable(ledger, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      // Words by which an account is not found any more.
      onItems(ledger, ['account-word#*'], 'DeleteItem'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
      onObjects(usageBucket, 'manifests', 'GetObject'),
      onObjects(usageBucket, 'bills', 'GetObject'),
      onStripeSecret(scope, settings),
    ],
  });
  watchStripeSecret(platform, accountApi);
  watchIncidents(platform, accountApi, { canWait: true });

  return [accountApi];
}
