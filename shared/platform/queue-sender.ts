import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { Unavailable } from './failure.ts';

const ENTRIES_PER_CALL = 10;
const ATTEMPTS = 3;

/** Puts messages on one queue. Done means: the queue has them. */
export class QueueSender {
  readonly client: SQSClient;
  readonly url: string;

  constructor(client: SQSClient, url: string) {
    this.client = client;
    this.url = url;
  }

  /** A string goes as it is, everything else as JSON. At most 1 MiB. */
  async send(message: unknown): Promise<void> {
    await this.client.send(new SendMessageCommand({ QueueUrl: this.url, MessageBody: print(message) }));
  }

  /** Small messages, ten a call. @throws Unavailable when the queue refuses some of them again and again */
  async sendAll(messages: readonly unknown[]): Promise<void> {
    for (let start = 0; start < messages.length; start += ENTRIES_PER_CALL) {
      await this.sendTen(messages.slice(start, start + ENTRIES_PER_CALL).map(print));
    }
  }

  private async sendTen(bodies: readonly string[]): Promise<void> {
    let entries = bodies.map((body, index) => ({ Id: String(index), MessageBody: body }));
    for (let attempt = 1; entries.length > 0; attempt++) {
      if (attempt > ATTEMPTS) throw new Unavailable('queue-refuses', 'The queue does not take the messages.');
      const answer = await this.client.send(new SendMessageBatchCommand({ QueueUrl: this.url, Entries: entries }));
      const failed = new Set((answer.Failed ?? []).map(({ Id }) => Id));
      entries = entries.filter(({ Id }) => failed.has(Id));
    }
  }
}

function print(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}
