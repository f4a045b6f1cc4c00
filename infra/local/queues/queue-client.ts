import * as z from 'zod';
import type { Forwarder } from '../gateway/forward.ts';

const Message = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z
    .record(
      z.string(),
      z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }),
    )
    .default({}),
});
export type Message = z.infer<typeof Message>;
const Received = z.object({ Messages: z.array(Message).default([]) });

/** The few SQS operations that the Lambda service itself uses. Not counted: product code makes none of them. */
export class QueueClient {
  readonly #queues: Forwarder;

  constructor(queues: Forwarder) {
    this.#queues = queues;
  }

  async receive(queue: string, max: number, visibilitySeconds: number): Promise<Message[]> {
    const { Messages } = Received.parse(
      await this.#call('ReceiveMessage', {
        QueueUrl: url(queue),
        MaxNumberOfMessages: Math.min(max, 10),
        VisibilityTimeout: visibilitySeconds,
        AttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages;
  }

  async remove(queue: string, receiptHandle: string): Promise<void> {
    await this.#call('DeleteMessage', { QueueUrl: url(queue), ReceiptHandle: receiptHandle });
  }

  /** Makes a message visible again in this many seconds. */
  async giveBack(queue: string, receiptHandle: string, seconds: number): Promise<void> {
    await this.#call('ChangeMessageVisibility', {
      QueueUrl: url(queue),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    });
  }

  async #call(operation: string, input: object): Promise<unknown> {
    const { status, body } = await this.#queues.send({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
    });
    if (status !== 200) throw new Error(`${operation} was refused: ${body.toString()}`);
    return JSON.parse(body.toString() || '{}');
  }
}

const url = (queue: string) => `http://localhost/000000000000/${queue}`;
