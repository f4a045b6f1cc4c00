import { ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { KeptKey } from './kept-key.ts';

export interface MailChannelProps {
  readonly prefix: string;
  /** Gets what SES reports of each mail, in the topic's envelope: SES's word that the topic works is not JSON. */
  readonly reportsTo: Queue;
  readonly key: KeptKey | undefined;
  /** Whether SES puts a pixel into mails, and reports when it was fetched. */
  readonly openTracking: boolean;
}

/**
 * The configuration set `<prefix>` under which mails are sent: SES says of each that it went, arrived, came back, was
 * complained of, and with `openTracking` that it was opened. Beside the queue and not beside the functions: reports of the last days find it there after
 * a function was taken away.
 */
export class MailChannel extends Construct {
  constructor(scope: Construct, id: string, { prefix, reportsTo, key, openTracking }: MailChannelProps) {
    super(scope, id);
    const topic = new Topic(this, 'Reports', {
      topicName: `${prefix}-mail-feedback`,
      enforceSSL: true,
      ...(key !== undefined && { masterKey: key }),
    });
    topic.addSubscription(new SqsSubscription(reportsTo));
    const mails = new ConfigurationSet(this, 'Mails', { configurationSetName: prefix });
    mails.addEventDestination('ToTopic', {
      configurationSetEventDestinationName: `${prefix}-reports`,
      destination: EventDestination.snsTopic(topic),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        ...(openTracking ? [EmailSendingEvent.OPEN] : []),
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
  }
}
