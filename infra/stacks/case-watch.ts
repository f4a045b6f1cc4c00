import { Duration, type Stack } from 'aws-cdk-lib';
import { onItems } from '#infra/constructs/access.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { ScheduledFunction } from '#infra/constructs/scheduled-function.ts';
import type { DataStack } from './data-stack.ts';
import { watchStayingCases } from './own-metrics.ts';

/** Cases of all subjects that nobody closes. */
export function caseWatch(scope: Stack, platform: Platform, { ledger }: DataStack): HouseFunction {
  const watch = new ScheduledFunction(scope, 'case-watch', {
    platform,
    errorImpact: 'Cases that were forgotten are not told again: what waits behind them waits on.',
    runbook: 'case-watch',
    schedule: 'rate(12 hours)',
    silentTooLong: Duration.days(1),
    memoryMegabytes: 256,
    timeout: Duration.minutes(1),
    environment: { LEDGER_TABLE: ledger.tableName },
    access: [onItems(ledger, ['case'], 'Query')],
  });
  watchStayingCases(platform, watch);
  return watch;
}
