import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MOST_RECEIVES } from '#shared/platform/receives.ts';
import type { KeptKey } from './kept-key.ts';

/** Lambda's advice for queue mappings: six times the function's time-out, so that no message is seen while it is worked on. */
const VISIBILITY_PER_TIMEOUT = 6;

export interface WorkQueueProps {
  readonly name: string;
  /** Time-out of the function that works on it. */
  readonly functionTimeout: Duration;
  /** Without: a key of SQS's. */
  readonly key: KeptKey | undefined;
}

/** A standard queue with its dead-letter queue. Both are retained: a queue may hold the only copy of posted usage. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly functionTimeout: Duration;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.functionTimeout = props.functionTimeout;
    this.deadLetters = new Queue(this, 'DeadLetters', { ...kept(`${props.name}-dlq`, props.key) });
    this.queue = new Queue(this, 'Queue', {
      ...kept(props.name, props.key),
      visibilityTimeout: Duration.seconds(props.functionTimeout.toSeconds() * VISIBILITY_PER_TIMEOUT),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
  }
}

function kept(queueName: string, key: KeptKey | undefined) {
  return {
    queueName,
    ...(key === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : // A data key serves for an hour instead of five minutes: each is a request that KMS charges.
        { encryption: QueueEncryption.KMS, encryptionMasterKey: key, dataKeyReuse: Duration.hours(1) }),
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
    // The longest that SQS offers: a weekend and a working week to mend the cause.
    retentionPeriod: Duration.days(14),
  };
}
