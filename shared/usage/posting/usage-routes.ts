import * as z from 'zod';
import { Forbidden, InvalidInput, NotFound } from '#shared/platform/failure.ts';
import { type Answer, ok } from '#shared/platform/http/answer.ts';
import { bodyOrNothing } from '#shared/platform/http/body.ts';
import type { Caller, UsageSource } from '#shared/platform/http/caller.ts';
import { problemAnswer } from '#shared/platform/http/problem.ts';
import { type HttpServices, route } from '#shared/platform/http/route.ts';
import type { BatchMarkers } from '../intake/batch-marker.ts';
import { listQuarantine, type QuarantineDependencies, redriveQuarantine } from '../quarantine/list-quarantine.ts';
import { QUARANTINE_CODES } from '../quarantine/quarantine.ts';
import { quarantineItem } from '../quarantine/quarantine-item.ts';
import { type Acceptance, type AcceptanceDependencies, acceptUsage } from './accept-usage.ts';
import { NAMED_BATCH } from './batch-id.ts';
import { postedBody } from './posted-body.ts';

export interface UsageServices extends HttpServices {
  readonly acceptance: AcceptanceDependencies;
  readonly markers: BatchMarkers;
  readonly quarantine: QuarantineDependencies;
}

const batchName = z.string().regex(NAMED_BATCH, '1 to 64 letters, digits and . _ : @ + -');

export const postUsage = route({
  method: 'POST',
  path: '/v1/usage',
  scope: 'usage:write',
  query: z.object({ batch: batchName.optional() }),
  body: postedBody,
  // Records tell repeats by themselves.
  idempotencyKey: 'ignored',
  answer: async ({ body, query, caller }, { acceptance }: UsageServices) =>
    acceptanceAnswer(await acceptUsage(body, sourceOf(caller), query.batch, acceptance)),
});

export const getBatch = route({
  method: 'GET',
  path: '/v1/usage/batches/{batch}',
  scope: 'usage:write',
  params: z.object({ batch: z.string().max(200) }),
  answer: async ({ params, caller }, { acceptance, markers }: UsageServices) => {
    const { name, batchSecret } = sourceOf(caller);
    const status = await markers.status(name, params.batch, batchSecret, acceptance.clock());
    if (status === undefined) throw new NotFound('no-such-batch', 'This source has no such batch, or it is too old.');
    return ok(status);
  },
});

/** In an address a plus that was not encoded arrives as a blank. */
const lineName = z.string().transform(name => name.replace(/^ /, '+'));

const filter = {
  code: z.enum(QUARANTINE_CODES).optional(),
  source: z.string().optional(),
  line: lineName.optional(),
};

export const getQuarantine = route({
  method: 'GET',
  path: '/v1/quarantine',
  scope: 'reports:read',
  query: z.object({
    ...filter,
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().optional(),
  }),
  answer: async ({ query }, { quarantine }: UsageServices) => {
    const { limit, cursor, ...wanted } = query;
    const { items, next } = await listQuarantine(wanted, limit, cursor, quarantine);
    return ok({ items: items.map(quarantineItem), next });
  },
});

const Wanted = z.strictObject({ ...filter, cursor: z.string().optional() });

/** The filter may stand in the address, as for the list, or in the body; without any, everything is driven again. */
export const redrive = route({
  method: 'POST',
  path: '/v1/quarantine/redrive',
  scope: 'usage:write',
  query: Wanted,
  body: bodyOrNothing(Wanted),
  answer: async ({ query, body }, { quarantine }: UsageServices) => {
    const { cursor, ...wanted } = { ...query, ...body };
    return ok(await redriveQuarantine(wanted, cursor, quarantine));
  },
});

function sourceOf(caller: Caller): UsageSource {
  if (caller.source === undefined) throw new Forbidden('no-source', 'The key does not belong to a usage source.');
  return caller.source;
}

function acceptanceAnswer({ batch, received, accepted, rejected }: Acceptance): Answer {
  const said = { batch, received, accepted, rejected };
  if (batch !== null) return { status: 202, body: { ...said, status: `/v1/usage/batches/${batch}` } };
  return problemAnswer(new InvalidInput(422, 'no-acceptable-record', 'Not one record is acceptable.'), said);
}
