import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { jsonBody } from '#shared/platform/http/body.ts';
import { LISTING } from '#shared/platform/http/listing.ts';
import { operation } from './declare.ts';

/** What does not heal by itself and waits for a person (contract 2.3). */
export const incidentOperations = {
  listIncidents: operation({
    method: 'GET',
    path: '/v1/cases',
    scope: 'admin',
    summary: 'List cases that wait for a person',
    description:
      'Newest first. A page may be short, or empty, although more follow: go on until `next` is null. `runbook` leads to what to do.',
    query: z.object({ ...LISTING, state: z.enum(['open', 'closed']).optional(), account: AccountId.optional() }),
    answers: { 200: 'IncidentList' },
    problems: ['invalid-cursor'],
  }),
  closeIncident: operation({
    method: 'POST',
    path: '/v1/cases/{case}/close',
    scope: 'admin',
    summary: 'Close a case that was dealt with',
    description: 'With `drive` what waited behind it goes on within a minute.',
    params: z.object({ case: z.string().max(100) }),
    body: jsonBody(
      z.strictObject({
        note: z.string().trim().min(1).max(1_000).optional().describe('What was done about it.'),
        drive: z.boolean().default(false),
      }),
    ),
    example: { note: 'The meter was archived by mistake; it is active again.', drive: true },
    answers: { 200: 'ClosedIncident' },
    problems: ['no-such-case'],
  }),
};
