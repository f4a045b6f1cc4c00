import * as z from 'zod';
import { listOf, Moment } from './parts.ts';

const Incident = z.object({
  id: z.string(),
  code: z.string().describe('Stable, kebab-case: why it was opened.'),
  openedAt: Moment,
  closedAt: Moment.nullable(),
  note: z.string().nullable(),
  subject: z.string().describe('Address of the item that it is about, in the ledger.'),
  account: z.string().nullable().describe('Null: it is about no account.'),
  detail: z.record(z.string(), z.string()).describe('Figures and codes.'),
  runbook: z.string().describe('Where it stands what to do.'),
});

const open: z.input<typeof Incident> = {
  id: '2026-12-01T01:00:00Z~mB3x9QfL2aZk',
  code: 'numbers-differ',
  openedAt: '2026-12-01T01:00:00Z',
  closedAt: null,
  note: null,
  subject: 'account#acc-1 period#2026-11-01T00:00:00Z',
  account: 'acc-1',
  detail: { rated: '7300', acknowledged: '7200' },
  runbook: 'shared/docs/runbook.md#rating-cases-opened',
};

export const incidentShapes = {
  IncidentList: { schema: listOf(Incident), example: { items: [open], next: null } },
  ClosedIncident: {
    schema: Incident.extend({ driven: z.boolean().describe('What waited behind it goes on within a minute.') }),
    example: { ...open, closedAt: '2026-12-01T09:00:00Z', note: 'The meter is active again.', driven: true },
  },
};
