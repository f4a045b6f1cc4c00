import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { DailyBackup } from '#infra/constructs/daily-backup.ts';
import { KeptKey } from '#infra/constructs/kept-key.ts';
import { KeptTable } from '#infra/constructs/kept-table.ts';
import { MailChannel } from '#infra/constructs/mail-channel.ts';
import { UsageBucket } from '#infra/constructs/usage-bucket.ts';
import { WorkQueue } from '#infra/constructs/work-queue.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import { secretParameterName } from '#shared/platform/secret-parameter.ts';
import { LEDGER_LAYOUT, PAGES_LAYOUT } from '#shared/platform/table-layout.ts';
import { QUEUE_NAMES, type QueueName, secondsOf } from '#shared/platform/work-queues.ts';

export interface DataStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly prefix: string;
}

/** What must outlive every deployment: tables, queues, bucket. Nothing in here runs code. */
export class DataStack extends Stack {
  /** Of the operator's account; `undefined`: AWS's own keys. */
  readonly key: KeptKey | undefined;
  readonly pages: KeptTable;
  readonly ledger: KeptTable;
  readonly queues: ReadonlyMap<QueueName, WorkQueue>;
  readonly usageBucket: UsageBucket;

  constructor(scope: Construct, id: string, { settings, prefix, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });

    const key = settings.customerManagedKey ? new KeptKey(this, 'Key', { prefix }) : undefined;
    this.key = key;
    this.pages = new KeptTable(this, 'Pages', { name: `${prefix}-pages`, key, layout: PAGES_LAYOUT });
    this.ledger = new KeptTable(this, 'Ledger', { name: `${prefix}-ledger`, key, layout: LEDGER_LAYOUT });

    this.queues = new Map(
      QUEUE_NAMES.map(name => [
        name,
        new WorkQueue(this, capitalised(name), {
          name: `${prefix}-${name}`,
          functionTimeout: Duration.seconds(secondsOf(name)),
          key,
        }),
      ]),
    );
    new MailChannel(this, 'MailChannel', {
      prefix,
      reportsTo: this.queue('mail-feedback').queue,
      key,
      openTracking: settings.openTracking,
    });

    this.usageBucket = new UsageBucket(this, 'UsageObjects', {
      prefix,
      retentionMonths: settings.retentionMonths,
      versioning: settings.versioning,
      objectLockDays: settings.objectLockDays,
      key,
      announceTo: { batches: this.queue('usage').queue, files: this.queue('files').queue },
    });
    if (settings.backupDays !== undefined) {
      new DailyBackup(this, 'Backup', {
        prefix,
        days: settings.backupDays,
        key,
        tables: [this.pages, this.ledger],
        bucket: this.usageBucket.bucket,
      });
    }

    // Where `dunlin` on an operator's machine finds the parts of a stage.
    new StringParameter(this, 'Deployment', {
      parameterName: `/dunlin/${settings.stage}/deployment`,
      stringValue: this.toJsonString({
        stage: settings.stage,
        region: this.region,
        pages: this.pages.tableName,
        ledger: this.ledger.tableName,
        bucket: this.usageBucket.bucket.bucketName,
        ...Object.fromEntries(QUEUE_NAMES.map(name => [`${camelCase(name)}Queue`, this.queue(name).queue.queueUrl])),
        stripeEndpoint: settings.stripeEndpoint,
        stripeSecretParameter: secretParameterName(settings.stage, 'stripe'),
        webhookSecretsParameter: secretParameterName(settings.stage, 'webhook'),
        linkSecretParameter: secretParameterName(settings.stage, 'links'),
        operatorSecretParameter: secretParameterName(settings.stage, 'operator'),
      }),
    });
  }

  queue(name: QueueName): WorkQueue {
    return mustHave(this.queues.get(name), `There is no queue ${name}.`);
  }
}

/** `stripe-events` → `stripeEvents`. */
function camelCase(name: QueueName): string {
  return name.replace(/-./g, match => match.slice(1).toUpperCase());
}

/** `stripe-events` → `StripeEvents`: part of logical ids, by which the queues are found again. */
function capitalised(name: QueueName): string {
  return name.slice(0, 1).toUpperCase() + camelCase(name).slice(1);
}
