import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type Finding, reasonOf } from './finding.ts';

/** Port: how many functions the account may run at once, all of them together. */
export type ConcurrencyLimit = () => Promise<number>;

/**
 * What the queues of a stage may take at the same time (the sum of their `maxConcurrency`), and as much again for HTTP
 * and schedules. A test holds the first against the template.
 */
export const QUEUE_INSTANCES = 70;
const WANTED = 2 * QUEUE_INSTANCES;
/** Service Quotas: Lambda, "Concurrent executions". */
const QUOTA_CODE = 'L-B99A9384';

export async function lookAtConcurrency(limit: ConcurrencyLimit, region: string): Promise<Finding> {
  const subject = 'function limit';
  try {
    const allowed = await limit();
    if (allowed >= WANTED) return { mark: 'ok', subject, text: `${allowed} functions at once in ${region}.` };
    const text =
      `This account may run ${allowed} functions at once in ${region}, all of its software together; this stage alone uses up to ${WANTED} ` +
      'on a busy day. Below that callers are refused and queues wait. Ask AWS for more:\n' +
      `aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${QUOTA_CODE} --desired-value 1000 --region ${region}`;
    return { mark: 'todo', subject, text };
  } catch (error) {
    return { mark: 'todo', subject, text: `Lambda cannot be looked at: ${reasonOf(error)}` };
  }
}

export function concurrencyLimitOf(lambda: LambdaClient): ConcurrencyLimit {
  return async () =>
    (await lambda.send(new GetAccountSettingsCommand({}))).AccountLimit?.ConcurrentExecutions ?? Number.NaN;
}
