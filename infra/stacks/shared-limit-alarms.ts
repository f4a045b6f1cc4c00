import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Platform } from '#infra/constructs/platform.ts';
import type { DataStack } from './data-stack.ts';

const MANY = 100;

/** What all functions share: two tables, and the instances that the account may run at once. */
export function sharedLimitAlarms(scope: Construct, { alarms }: Platform, { pages, ledger }: DataStack): void {
  const tables = [
    {
      table: pages,
      runbook: 'pages',
      suffers: 'Usage of very busy lines is counted or shown late: their pages refuse',
    },
    { table: ledger, runbook: 'ledger', suffers: 'Accounts, rating and movements are late: the ledger refuses' },
  ];
  for (const { table, runbook, suffers } of tables) {
    const during = { threshold: MANY, periods: 3, canWait: true };
    alarms.watch(
      scope,
      { errorImpact: `${suffers} writes for seconds at a time.`, runbook },
      { sign: 'throttled', metric: table.metricRefusedWrites(), ...during },
    );
    alarms.watch(
      scope,
      { errorImpact: `${suffers} reads for seconds at a time.`, runbook },
      { sign: 'reads-throttled', metric: table.metricRefusedReads(), ...during },
    );
  }
  alarms.watch(
    scope,
    {
      errorImpact: 'Callers are refused and queues wait: the account runs as many functions at once as AWS allows it.',
      runbook: 'functions',
    },
    {
      sign: 'throttled',
      // Without a dimension: of all functions of the account, since they share the limit.
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: MANY,
    },
  );
}
