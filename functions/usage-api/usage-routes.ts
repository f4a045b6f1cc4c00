import * as z from 'zod';
import { usageOperations } from '#shared/api/usage-operations.ts';
import { Forbidden, InvalidInput, NotFound } from '#shared/platform/failure.ts';
import { type Answer, ok } from '#shared/platform/http/answer.ts';
import type { Caller, UsageSource } from '#shared/platform/http/caller.ts';
import { pageAnswer, placeIn, printCursor } from '#shared/platform/http/listing.ts';
import { problemAnswer } from '#shared/platform/http/problem.ts';
import { type Handlers, type HttpServices, routesFor } from '#shared/platform/http/route.ts';
import type { BatchMarkers } from '#shared/usage/intake/batch-marker.ts';
import { type Acceptance, type AcceptanceDependencies, acceptUsage } from '#shared/usage/posting/accept-usage.ts';
import { type DismissalDependencies, dismissQuarantine } from '#shared/usage/quarantine/dismiss-quarantine.ts';
import { listQuarantine, QuarantinePlace, redriveQuarantine } from '#shared/usage/quarantine/list-quarantine.ts';
import { dismissedItem, quarantineItem } from '#shared/usage/quarantine/quarantine-item.ts';

export interface UsageServices extends HttpServices {
  readonly acceptance: AcceptanceDependencies;
  readonly markers: BatchMarkers;
  readonly quarantine: DismissalDependencies;
}

const handlers: Handlers<typeof usageOperations, UsageServices> = {
  postUsage: async ({ body, query, caller }, { acceptance }) =>
    acceptanceAnswer(await acceptUsage(body, sourceOf(caller), query.batch, acceptance)),
  getBatch: async ({ params, caller }, { acceptance, markers }) => {
    const { name, batchSecret } = sourceOf(caller);
    const status = await markers.status(name, params.batch, batchSecret, acceptance.clock());
    if (status === undefined) {
      const detail = `This source has no batch ${params.batch}, or it is more than 40 days old.`;
      throw new NotFound('no-such-batch', `${detail} The answer to a post has the id of its batch.`);
    }
    return ok(status);
  },
  listQuarantine: async (request, { quarantine }) => {
    const { limit, cursor: _, state, ...wanted } = request.query;
    if (state === 'dismissed') {
      const found = await quarantine.dismissed.page(wanted, { limit, after: placeIn(request, z.string()) });
      return pageAnswer(request, found.items.map(dismissedItem), found.next);
    }
    const { items, next } = await listQuarantine(wanted, limit, placeIn(request, QuarantinePlace), quarantine);
    return pageAnswer(request, items.map(quarantineItem), next);
  },
  // The filter may stand in the address, as for the list, or in the body; without any, everything is driven again.
  redriveQuarantine: async ({ path, query, body }, { quarantine }) => {
    const { cursor, ...wanted } = { ...query, ...body };
    const list = { path, query: { cursor } };
    const { next, ...outcome } = await redriveQuarantine(wanted, placeIn(list, QuarantinePlace), quarantine);
    return ok({ ...outcome, next: printCursor(list, next) });
  },
  dismissQuarantine: async ({ path, body }, { quarantine }) => {
    const { cursor, reason, ...wanted } = body;
    const list = { path, query: { cursor } };
    const { next, dismissed } = await dismissQuarantine(wanted, reason, placeIn(list, QuarantinePlace), quarantine);
    return ok({ dismissed, next: printCursor(list, next) });
  },
};

export const usageRoutes = routesFor(usageOperations, handlers);

function sourceOf(caller: Caller): UsageSource {
  if (caller.source === undefined) {
    throw new Forbidden('no-source', 'The key posts for no source: make one with `dunlin key create --source NAME`.');
  }
  return caller.source;
}

function acceptanceAnswer({ batch, received, accepted, rejected }: Acceptance): Answer {
  const said = { batch, received, accepted, rejected };
  if (batch !== null) return { status: 202, body: { ...said, status: `/v1/usage/batches/${batch}` } };
  const detail = 'Not one record is acceptable; `rejected` says why of each.';
  return problemAnswer(new InvalidInput(422, 'no-acceptable-record', detail), said);
}
