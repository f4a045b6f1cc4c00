import { randomUUID } from 'node:crypto';
import type { Instant } from '#shared/platform/instant.ts';
import type { SubscriptionSpec } from '../template/deployment.ts';

/** SNS, as far as a topic has queues for subscribers. */
export class Topics {
  readonly #subscriptions: readonly SubscriptionSpec[];
  readonly #send: (queue: string, body: string) => void;
  readonly #now: () => Instant;

  constructor(options: {
    subscriptions: readonly SubscriptionSpec[];
    send: (queue: string, body: string) => void;
    now: () => Instant;
  }) {
    this.#subscriptions = options.subscriptions;
    this.#send = options.send;
    this.#now = options.now;
  }

  publish(topicArn: string, subject: string, message: string): void {
    for (const { queue, isRaw } of this.#subscriptions.filter(subscription => subscription.topicArn === topicArn)) {
      this.#send(queue, isRaw ? message : this.#envelope(topicArn, subject, message));
    }
  }

  /** Signed by nobody: whoever checks signatures has to be told so. */
  #envelope(topicArn: string, subject: string, message: string): string {
    return JSON.stringify({
      Type: 'Notification',
      MessageId: randomUUID(),
      TopicArn: topicArn,
      Subject: subject,
      Message: message,
      Timestamp: new Date(this.#now()).toISOString(),
      SignatureVersion: '1',
      Signature: '',
      SigningCertURL: '',
      UnsubscribeURL: '',
    });
  }
}
