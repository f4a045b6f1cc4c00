import { incidentItem } from '#shared/platform/incident.ts';
import { type Instant, MINUTE, printInstant } from '#shared/platform/instant.ts';
import type { Write } from '#shared/platform/table.ts';
import { lineKey, type SubscriberLine } from '../records/subscriber-line.ts';

/** How much later a repeated order may begin (`subscription-steps.ts`): too little to change any fee. */
const A_MOMENT = 5 * MINUTE;

/**
 * A line that reached the provider only after the period in which it started had ended: what was due for that
 * period is on no invoice. A person has to charge or waive it.
 */
export function lateStartIncident(line: SubscriberLine, billedFrom: Instant, now: Instant): Write[] {
  if (line.from >= billedFrom - A_MOMENT) return [];
  const incident = {
    code: 'line-billed-late' as const,
    subject: lineKey(line.account, line.line),
    openedAt: now,
    detail: { startedAt: printInstant(line.from), billedFrom: printInstant(billedFrom) },
  };
  return [{ put: incidentItem(incident) }];
}
