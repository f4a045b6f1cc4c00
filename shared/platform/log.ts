import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Failure } from './failure.ts';

/**
 * One logger and one set of metrics per function. Neither carries personal data: no names, numbers, bodies, addresses;
 * and no id is a metric dimension.
 */
export const log = new Logger({ logLevel: 'WARN' });

export const metrics = new Metrics({
  namespace: 'Dunlin',
  // Stages of one account write into the same namespace; without the dimension each would ring the others' alarms.
  ...(process.env.METRICS_STAGE !== undefined && { defaultDimensions: { stage: process.env.METRICS_STAGE } }),
});

/** At the end of an invocation: one line with what was counted, or none. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/**
 * Says that something failed, and where. Messages of errors may quote what was sent to us, so only the class, the
 * code and the places in the code are written; causes likewise.
 */
export function logFailure(what: string, error: unknown): void {
  log.error(what, { failure: describe(error) });
}

interface Description {
  readonly name: string;
  readonly code?: string;
  readonly at?: readonly string[];
  readonly cause?: Description;
}

function describe(error: unknown, depth = 3): Description {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(error instanceof Failure && { code: error.code }),
    at: frames.slice(0, 8).map(line => line.trim()),
    ...(error.cause !== undefined && depth > 0 && { cause: describe(error.cause, depth - 1) }),
  };
}
