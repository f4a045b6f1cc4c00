import type { Construct } from 'constructs';
import type { Platform } from '#infra/constructs/platform.ts';
import type { DataStack } from './data-stack.ts';

const MANY = 100;

export function tableAlarms(scope: Construct, { alarms }: Platform, { pages, ledger }: DataStack): void {
  alarms.watch(
    scope,
    {
      errorImpact: 'Usage of very busy lines is counted late: their pages refuse writes for seconds at a time.',
      runbook: 'pages',
    },
    { sign: 'throttled', metric: pages.metricRefusedWrites(), threshold: MANY, periods: 3 },
  );
  alarms.watch(
    scope,
    {
      errorImpact: 'Accounts, rating and movements are late: the ledger refuses writes for seconds at a time.',
      runbook: 'ledger',
    },
    { sign: 'throttled', metric: ledger.metricRefusedWrites(), threshold: MANY, periods: 3 },
  );
}
