import { accountOf, type Incident, incidentId } from '#shared/platform/incident.ts';
import { runbookSectionOf } from '#shared/platform/incident-codes.ts';
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
    runbook: `shared/docs/runbook.md#${runbookSectionOf(code)}`,
  };
}
