import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { KeptTable } from '#infra/constructs/kept-table.ts';
import { MailChannel } from '#infra/constructs/mail-channel.ts';
import { UsageBucket } from '#infra/constructs/usage-bucket.ts';
import { WorkQueue } from '#infra/constructs/work-queue.ts';
import { LEDGER_LAYOUT, PAGES_LAYOUT } from '#shared/platform/table-layout.ts';

export interface DataStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly prefix: string;
}

/** What must outlive every deployment: tables, queues, bucket. Nothing in here runs code. */
export class DataStack extends Stack {
  readonly pages: KeptTable;
  readonly ledger: KeptTable;
  readonly usage: WorkQueue;
  readonly rating: WorkQueue;
  readonly bills: WorkQueue;
  readonly stripeEvents: WorkQueue;
  readonly dunning: WorkQueue;
  readonly notices: WorkQueue;
  readonly mailFeedback: WorkQueue;
  readonly usageBucket: UsageBucket;

  constructor(scope: Construct, id: string, { settings, prefix, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });

    this.pages = new KeptTable(this, 'Pages', { name: `${prefix}-pages`, layout: PAGES_LAYOUT });
    this.ledger = new KeptTable(this, 'Ledger', { name: `${prefix}-ledger`, layout: LEDGER_LAYOUT });

    const queue = (id: string, name: string) =>
      new WorkQueue(this, id, { name: `${prefix}-${name}`, functionTimeout: Duration.seconds(60) });
    this.usage = queue('Usage', 'usage');
    this.rating = queue('Rating', 'rating');
    this.stripeEvents = queue('StripeEvents', 'stripe-events');
    this.bills = queue('Bills', 'bills');
    this.dunning = queue('Dunning', 'dunning');
    this.notices = queue('Notices', 'notices');
    this.mailFeedback = queue('MailFeedback', 'mail-feedback');
    new MailChannel(this, 'MailChannel', { prefix, reportsTo: this.mailFeedback.queue });

    this.usageBucket = new UsageBucket(this, 'UsageObjects', {
      prefix,
      retentionMonths: settings.retentionMonths,
      announceTo: this.usage.queue,
    });

    // Where `dunlin` on an operator's machine finds the parts of a stage.
    new StringParameter(this, 'Deployment', {
      parameterName: `/dunlin/${settings.stage}/deployment`,
      stringValue: this.toJsonString({
        stage: settings.stage,
        region: this.region,
        pages: this.pages.tableName,
        ledger: this.ledger.tableName,
        bucket: this.usageBucket.bucket.bucketName,
        usageQueue: this.usage.queue.queueUrl,
        ratingQueue: this.rating.queue.queueUrl,
        stripeEventsQueue: this.stripeEvents.queue.queueUrl,
        dunningQueue: this.dunning.queue.queueUrl,
        noticesQueue: this.notices.queue.queueUrl,
        mailFeedbackQueue: this.mailFeedback.queue.queueUrl,
        stripeEndpoint: settings.stripeEndpoint,
        stripeSecretParameter: `/dunlin/${settings.stage}/stripe/secret-key`,
        webhookSecretsParameter: `/dunlin/${settings.stage}/stripe/webhook-secrets`,
        linkSecretParameter: `/dunlin/${settings.stage}/links/secret`,
        operatorSecretParameter: `/dunlin/${settings.stage}/operator/secret`,
      }),
    });
  }
}
