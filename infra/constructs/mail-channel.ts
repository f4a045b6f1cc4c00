import { ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface MailChannelProps {
  readonly prefix: string;
  /** Gets what SES reports of each mail, in the topic's envelope: SES's word that the topic works is not JSON. */
  readonly reportsTo: Queue;
}

/**
 * The configuration set `<prefix>` under which mails are sent: SES says of each that it went, arrived, was opened, came
 * back, was complained of. Beside the queue and not beside the functions: reports of the last days find it there after
 * a function was taken away.
 */
export class MailChannel extends Construct {
  constructor(scope: Construct, id: string, { prefix, reportsTo }: MailChannelProps) {
    super(scope, id);
    const topic = new Topic(this, 'Reports', { topicName: `${prefix}-mail-feedback`, enforceSSL: true });
    topic.addSubscription(new SqsSubscription(reportsTo));
    const mails = new ConfigurationSet(this, 'Mails', { configurationSetName: prefix });
    mails.addEventDestination('ToTopic', {
      configurationSetEventDestinationName: `${prefix}-reports`,
      destination: EventDestination.snsTopic(topic),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.OPEN,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
  }
}
