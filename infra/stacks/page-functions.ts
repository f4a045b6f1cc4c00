import { Duration, type Stack } from 'aws-cdk-lib';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { onItems, onObjects, onQueue } from '#infra/constructs/access.ts';
import { ApiFunction } from '#infra/constructs/api-function.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { secretParameterName } from '#shared/platform/secret-parameter.ts';
import type { DataStack } from './data-stack.ts';
import { watchPageSecrets } from './own-metrics.ts';
import { onParameter, onStripeSecret, stripeEnvironment } from './stripe-access.ts';

/** What subscribers open from messages: their bills, and how to pay. */
export function pageFunctions(
  scope: Stack,
  platform: Platform,
  data: DataStack,
  settings: StageSettings,
): HouseFunction[] {
  const { ledger, usageBucket } = data;
  const notices = data.queue('notices');
  const linkSecret = secretParameterName(settings.stage, 'links');

  const pages = new ApiFunction(scope, 'pages', {
    platform,
    errorImpact: 'Subscribers cannot open their bills or pay from our messages; what is charged by itself is not hurt.',
    runbook: 'link-pages',
    memoryMegabytes: 1024,
    timeout: Duration.seconds(25),
    environment: {
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: usageBucket.bucket.bucketName,
      NOTICES_QUEUE_URL: notices.queue.queueUrl,
      PUBLIC_ADDRESS: platform.api.address,
      MAIL_FROM: settings.mailFrom,
      LINK_SECRET_PARAMETER: linkSecret,
      ...stripeEnvironment(settings, 1),
    },
    access: [
      onItems(ledger, ['account#*', 'bill#*'], 'GetItem'),
      onItems(ledger, ['account#*', 'catalog'], 'Query'),
      // The mail that a bill was opened from; the code that opens one, and the message that brings it.
      onItems(ledger, ['account#*'], 'PutItem', 'UpdateItem'),
      onQueue(notices.queue, 'SendMessage'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
      onObjects(usageBucket, 'bills', 'GetObject'),
      onParameter(scope, linkSecret),
      onStripeSecret(scope, settings),
    ],
  });
  watchPageSecrets(platform, pages);

  return [pages];
}
