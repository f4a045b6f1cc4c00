import * as z from 'zod';
import { incidentOperations } from '#shared/api/incident-operations.ts';
import { settleIncident } from '#shared/metering/settle-incident.ts';
import { NotFound } from '#shared/platform/failure.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { pageAnswer, placeIn } from '#shared/platform/http/listing.ts';
import { type Handlers, routesFor } from '#shared/platform/http/route.ts';
import { readIncidents } from '#shared/platform/incident.ts';
import { incidentView } from '#shared/reports/incident-view.ts';
import type { AccountRouteServices } from './services.ts';

const handlers: Handlers<typeof incidentOperations, AccountRouteServices> = {
  listIncidents: async (request, { accounts }) => {
    const { state, account, limit } = request.query;
    const page = { limit, after: placeIn(request, z.string()) };
    const { incidents, next } = await readIncidents(accounts.ledger, { state, account }, page);
    return pageAnswer(request, incidents.map(incidentView), next);
  },
  closeIncident: async ({ params, body }, { accounts }) => {
    const { ledger: table, clock } = accounts;
    const settled = await settleIncident({ table, clock }, params.case, body);
    if (settled === undefined) {
      const list = 'GET /v1/cases?state=open lists those that there are.';
      throw new NotFound('no-such-case', `There is no open case ${params.case}. ${list}`);
    }
    return ok({ ...incidentView(settled.incident), driven: settled.driven });
  },
};

export const incidentRoutes = routesFor(incidentOperations, handlers);
