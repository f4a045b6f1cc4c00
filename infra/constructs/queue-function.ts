import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { onQueue } from './access.ts';
import { HouseFunction, type HouseFunctionProps } from './house-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface QueueFunctionProps extends Omit<HouseFunctionProps, 'timeout'> {
  /** Its time-out is the function's, so that the visibility time always fits. */
  readonly work: WorkQueue;
  readonly batchSize: number;
  readonly batchWindow: Duration;
  /** Back-pressure: no more invocations at once than what stands behind them bears. */
  readonly maxConcurrency: number;
  /** How long a message may wait before the alarm rings. */
  readonly waitingTooLong: Duration;
}

/**
 * A function that works on a queue, with partial failures: each message is settled on its own. Rings when messages
 * wait too long, and when one was given up (dead letters).
 */
export class QueueFunction extends HouseFunction {
  constructor(scope: Construct, id: string, props: QueueFunctionProps) {
    const { queue, deadLetters, functionTimeout } = props.work;
    const takes = onQueue(queue, 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes');
    super(scope, id, { ...props, comesAgain: true, timeout: functionTimeout, access: [...props.access, takes] });
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: this.lambda,
      eventSourceArn: queue.queueArn,
      batchSize: props.batchSize,
      maxBatchingWindow: props.batchWindow,
      maxConcurrency: props.maxConcurrency,
      reportBatchItemFailures: true,
    });
    // CloudFormation checks the role's permission on the queue when it makes the mapping.
    mapping.node.addDependency(this.role);
    const { alarms } = props.platform;
    const period = Duration.minutes(5);
    alarms.watch(this, props, {
      sign: 'waiting',
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      threshold: props.waitingTooLong.toSeconds(),
    });
    alarms.watch(this, props, {
      sign: 'dead-letters',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      threshold: 1,
    });
  }
}
