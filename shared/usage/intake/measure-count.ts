import { metrics } from '#shared/platform/log.ts';
import type { BatchCount } from './batch-marker.ts';

/** Counts what became of a batch in the metrics of the function. */
export function measureCount({ counted, duplicates, conflicting, quarantined }: BatchCount): void {
  measure('UsageNew', counted - duplicates);
  measure('UsageDuplicates', duplicates);
  measure('UsageConflicts', conflicting);
  measure('UsageQuarantined', quarantined);
}

function measure(name: string, count: number): void {
  if (count > 0) metrics.addMetric(name, 'Count', count);
}
