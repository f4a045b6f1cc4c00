import { ArnFormat, Duration, type Stack } from 'aws-cdk-lib';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { type Access, onItems, onObjects, onQueue } from '#infra/constructs/access.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { QueueFunction } from '#infra/constructs/queue-function.ts';
import { parseMailFrom } from '#shared/messages/mail/sender.ts';
import { secretParameterName } from '#shared/platform/secret-parameter.ts';
import type { DataStack } from './data-stack.ts';
import { watchMessageIncidents, watchMessageSecrets } from './own-metrics.ts';
import { onParameter } from './stripe-access.ts';

/** Messages to subscribers, commands to the operator's network, and what became of mails. */
export function noticeFunctions(
  scope: Stack,
  platform: Platform,
  data: DataStack,
  settings: StageSettings,
): HouseFunction[] {
  const { ledger, usageBucket } = data;
  const linkSecret = secretParameterName(settings.stage, 'links');
  const operatorSecret = secretParameterName(settings.stage, 'operator');
  const { operatorEndpoint } = settings;

  const notices = new QueueFunction(scope, 'notices', {
    platform,
    errorImpact: 'Subscribers hear nothing of bills and debts, and their lines are restricted or restored too late.',
    runbook: 'notices',
    work: data.queue('notices'),
    // Each may wait ten seconds for SES or the operator's endpoint, several commands of one line in turn.
    batchSize: 5,
    batchWindow: Duration.seconds(0),
    // SES begins with 14 mails a second, and says when it is too much: the rest waits for its turn.
    maxConcurrency: 5,
    waitingTooLong: Duration.minutes(30),
    memoryMegabytes: 512,
    environment: {
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: usageBucket.bucket.bucketName,
      MAIL_FROM: settings.mailFrom,
      MAIL_CONFIGURATION_SET: platform.prefix,
      PUBLIC_ADDRESS: platform.api.address,
      LINK_SECRET_PARAMETER: linkSecret,
      OPERATOR_SECRET_PARAMETER: operatorSecret,
      ...(operatorEndpoint !== undefined && { OPERATOR_ENDPOINT: operatorEndpoint }),
    },
    access: [
      onItems(ledger, ['account#*'], 'GetItem', 'UpdateItem'),
      onItems(ledger, ['bill#*'], 'GetItem'),
      onItems(ledger, ['account#*', 'catalog'], 'Query'),
      onItems(ledger, ['case'], 'PutItem'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
      onMails(scope, platform, settings),
      onParameter(scope, linkSecret),
      onParameter(scope, operatorSecret),
    ],
  });
  watchMessageSecrets(platform, notices);
  watchMessageIncidents(platform, notices);

  const feedback = new QueueFunction(scope, 'mail-feedback', {
    platform,
    errorImpact: 'Mails that arrived look as if they had not: dunning waits with its next measure.',
    runbook: 'mail-feedback',
    work: data.queue('mail-feedback'),
    batchSize: 10,
    batchWindow: Duration.seconds(0),
    maxConcurrency: 5,
    waitingTooLong: Duration.minutes(15),
    memoryMegabytes: 256,
    environment: {
      LEDGER_TABLE: ledger.tableName,
      MAIL_FEEDBACK_QUEUE_URL: data.queue('mail-feedback').queue.queueUrl,
    },
    access: [
      onItems(ledger, ['account#*'], 'GetItem', 'UpdateItem'),
      onItems(ledger, ['case'], 'PutItem'),
      onQueue(data.queue('mail-feedback').queue, 'SendMessage'),
    ],
  });
  watchMessageIncidents(platform, feedback);

  return [notices, feedback];
}

/** Sending in the name of the stage's address, known to SES by itself or with its domain, with reports to us. */
function onMails(stack: Stack, { prefix }: Platform, { mailFrom }: StageSettings): Access {
  const { address } = parseMailFrom(mailFrom);
  const domain = address.split('@').at(-1) ?? address;
  const arn = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'ses', resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  return {
    actions: ['ses:SendRawEmail'],
    resources: [arn('identity', address), arn('identity', domain), arn('configuration-set', prefix)],
  };
}
