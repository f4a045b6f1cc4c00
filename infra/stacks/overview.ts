import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import type { DataStack } from './data-stack.ts';

/** One screen: is usage coming in, does it get through, what failed. Only metrics that AWS makes anyway. */
export function overview(
  scope: Construct,
  platform: Platform,
  data: DataStack,
  functions: readonly HouseFunction[],
): Dashboard {
  const period = Duration.minutes(5);
  const sum = { period, statistic: 'Sum' };
  const queues = Array.from(data.queues, ([label, work]) => ({ label, work }));
  return new Dashboard(scope, 'Overview', {
    dashboardName: platform.prefix,
    defaultInterval: Duration.days(1),
    widgets: [
      [
        graph('Requests', [
          platform.api.api.metricCount({ ...sum, label: 'all' }),
          platform.api.api.metricClientError({ ...sum, label: '4xx' }),
          platform.api.api.metricServerError({ ...sum, label: '5xx' }),
        ]),
        graph(
          'Oldest message, seconds',
          queues.map(({ label, work }) =>
            work.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum', label }),
          ),
        ),
        graph(
          'Dead letters',
          queues.map(({ label, work }) =>
            work.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum', label }),
          ),
        ),
      ],
      [
        graph(
          'Function errors',
          functions.map(({ lambda, node }) => lambda.metricErrors({ ...sum, label: node.id })),
        ),
        graph(
          'Function time, ms (p95)',
          functions.map(({ lambda, node }) => lambda.metricDuration({ period, statistic: 'p95', label: node.id })),
        ),
        graph('Refused reads and writes', [
          data.pages.metricRefusedReads(),
          data.pages.metricRefusedWrites(),
          data.ledger.metricRefusedReads(),
          data.ledger.metricRefusedWrites(),
        ]),
      ],
    ],
  });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });
}
