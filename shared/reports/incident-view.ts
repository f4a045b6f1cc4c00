import { accountOf, type Incident, incidentId } from '#shared/platform/incident.ts';
import { printInstant } from '#shared/platform/instant.ts';

/** An incident as the API shows it (contract 2.3). */
export function incidentView(incident: Incident) {
  const { code, openedAt, closedAt, note, subject, detail } = incident;
  return {
    id: incidentId(incident),
    code,
    openedAt: printInstant(openedAt),
    closedAt: closedAt === undefined ? null : printInstant(closedAt),
    note: note ?? null,
    subject: `${subject.pk} ${subject.sk}`,
    account: accountOf(incident) ?? null,
    detail,
    runbook: `shared/docs/runbook.md#${sectionOf(code)}`,
  };
}

/** Which function opens an incident of this code, whose section of the runbook names it; the others are rating's. */
const SECTIONS: Readonly<Record<string, string>> = {
  'bill-differs': 'bill-render-cases-opened',
  'bill-refused': 'bill-render-cases-opened',
  'mail-refused': 'notices-cases-opened',
  'command-waits': 'notices-cases-opened',
  'mail-bounced': 'mail-feedback-cases-opened',
  'dunning-collections': 'dunning-cases-opened',
  'dunning-refused': 'dunning-cases-opened',
  'line-billed-late': 'account-api-cases-opened',
  'subscription-ended': 'account-api-cases-opened',
  'dispute-lost': 'stripe-events-cases-opened',
  'meter-errors': 'stripe-events-cases-opened',
};

function sectionOf(code: string): string {
  return SECTIONS[code] ?? 'rating-cases-opened';
}
