import { SQSClient } from '@aws-sdk/client-sqs';
import { QueueSender } from '#shared/platform/queue-sender.ts';

export function eventsQueue(url: string): QueueSender {
  return new QueueSender(new SQSClient({}), url);
}
