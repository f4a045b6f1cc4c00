import { Duration, type Stack } from 'aws-cdk-lib';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { onObjects, onTable } from '#infra/constructs/access.ts';
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
    routes: [
      'PUT /v1/accounts/{account}',
      'GET /v1/accounts/{account}',
      'PUT /v1/accounts/{account}/lines/{line}',
      'GET /v1/accounts/{account}/lines/{line}',
      'GET /v1/accounts/{account}/lines',
      'GET /v1/accounts/{account}/usage',
      'GET /v1/accounts/{account}/records',
      'GET /v1/accounts/{account}/positions',
      'GET /v1/accounts/{account}/bills',
      'GET /v1/accounts/{account}/messages',
      'GET /v1/accounts/{account}/dunning',
      'POST /v1/accounts/{account}/dunning/hold',
      'POST /v1/accounts/{account}/dunning/release',
      'POST /v1/accounts/{account}/dunning/exempt',
      'POST /v1/accounts/{account}/dunning/promise',
      'GET /v1/bills/{bill}',
      'GET /v1/bills/{bill}/proof',
    ],
    answersElsewhere: true,
    memoryMegabytes: 1024,
    timeout: Duration.seconds(29),
    environment: {
      PAGES_TABLE: pages.tableName,
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: usageBucket.bucket.bucketName,
      BILLING_HOUR: String(settings.billingHour),
      ...stripeEnvironment(settings),
    },
    access: [
      onTable(pages, 'Query'),
      onTable(ledger, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
      onObjects(usageBucket, 'manifests', 'GetObject'),
      onObjects(usageBucket, 'bills', 'GetObject'),
      onStripeSecret(scope, settings),
    ],
  });
  watchStripeSecret(platform.alarms, accountApi);
  watchIncidents(platform.alarms, accountApi);

  return [accountApi];
}
