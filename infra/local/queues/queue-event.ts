import type { Instant } from '#shared/platform/instant.ts';
import type { Message } from './queue-service.ts';

/**
 * The event that Lambda makes of messages. The embedded queue knows real time only; messages are delivered at the
 * moment of domain time at which they were sent, or were to be sent again, so `now` stands in for both.
 */
export function queueEvent(
  messages: readonly Message[],
  options: { queueArn: string; region: string; now: Instant },
): object {
  const time = String(options.now);
  return {
    Records: messages.map(message => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: { ...message.Attributes, SentTimestamp: time, ApproximateFirstReceiveTimestamp: time },
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          {
            dataType: DataType,
            ...(StringValue !== undefined && { stringValue: StringValue }),
            ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
            stringListValues: [],
            binaryListValues: [],
          },
        ]),
      ),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: options.queueArn,
      awsRegion: options.region,
    })),
  };
}
