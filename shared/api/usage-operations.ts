import * as z from 'zod';
import { bodyOrNothing, jsonBody } from '#shared/platform/http/body.ts';
import { LISTING } from '#shared/platform/http/listing.ts';
import { NAMED_BATCH } from '#shared/usage/posting/batch-id.ts';
import { postedBody } from '#shared/usage/posting/posted-body.ts';
import { QUARANTINE_CODES } from '#shared/usage/quarantine/quarantine.ts';
import { operation } from './declare.ts';

const batchName = z.string().regex(NAMED_BATCH, 'must have 1 to 64 letters, digits or . _ : @ + -');

/** In an address a plus that was not encoded arrives as a blank. */
const lineName = z.string().transform(name => name.replace(/^ /, '+'));

const filter = {
  code: z.enum(QUARANTINE_CODES).optional().describe('Why the records are in quarantine.'),
  source: z.string().optional(),
  line: lineName.optional().describe('The posted name, such as +46701234567.'),
  id: z.string().max(256).optional().describe('As it was posted.'),
};

/** Of the filter and of the place to go on from, both of which may stand in the address or in the body. */
const Wanted = z.strictObject({ ...filter, cursor: LISTING.cursor });

/** What has to be named: everything at once is never meant. */
const Unwanted = z
  .strictObject({
    ...filter,
    reason: z.string().trim().min(1).max(500).describe('Why it will never count.'),
    cursor: LISTING.cursor,
  })
  .refine(({ code, source, line, id }) => [code, source, line, id].some(one => one !== undefined), {
    error: 'must name what to dismiss: code, source, line or id',
    params: { code: 'no-filter' },
  });

/** Usage in, and what became of it (contract 2.2, 2.3). */
export const usageOperations = {
  postUsage: operation({
    method: 'POST',
    path: '/v1/usage',
    scope: 'usage:write',
    summary: 'Post a batch of usage records',
    description:
      '1 to 10 000 records. Each is accepted or refused on its own; what is accepted is durable when the answer comes. Records tell repeats by their id, so that `Idempotency-Key` is ignored.',
    query: z.object({
      batch: batchName
        .optional()
        .describe('An id of your choice: the same batch under the same id is answered the same way again.'),
    }),
    body: postedBody,
    example: [
      {
        id: 'call-17',
        line: '+46701234567',
        kind: 'voice',
        peer: '+31201234567',
        startedAt: '2026-11-12T08:15:00Z',
        seconds: 61,
      },
    ],
    idempotencyKey: 'ignored',
    answers: { 202: 'BatchAccepted', 422: 'BatchRefused' },
    problems: ['no-source', 'too-many-records', 'no-records', 'no-acceptable-record', 'batch-id-reused', 'busy'],
  }),
  getBatch: operation({
    method: 'GET',
    path: '/v1/usage/batches/{batch}',
    scope: 'usage:write',
    summary: 'Read what became of a batch',
    params: z.object({ batch: z.string().max(200) }),
    answers: { 200: 'Batch' },
    problems: ['no-source', 'no-such-batch'],
  }),
  listQuarantine: operation({
    method: 'GET',
    path: '/v1/quarantine',
    scope: 'reports:read',
    summary: 'List the records in quarantine',
    description:
      'Newest first. A record leaves quarantine by itself when the cause is gone. A page may be short, or empty, although more follow: go on until `next` is null.',
    query: z.object({
      ...LISTING,
      ...filter,
      state: z
        .enum(['waiting', 'dismissed'])
        .default('waiting')
        .describe('`dismissed`: those that a person put aside, with the reason.'),
    }),
    answers: { 200: 'QuarantineList' },
    problems: ['invalid-cursor', 'busy'],
  }),
  redriveQuarantine: operation({
    method: 'POST',
    path: '/v1/quarantine/redrive',
    scope: 'usage:write',
    summary: 'Drive quarantined records again',
    description:
      'Looks again at everything that the filter names; the filter stands in the address or in the body. Without one: at everything.',
    query: z.object(Wanted.shape),
    body: bodyOrNothing(Wanted),
    example: { code: 'unknown-line' },
    answers: { 200: 'Redrive' },
    problems: ['invalid-cursor', 'busy'],
  }),
  dismissQuarantine: operation({
    method: 'POST',
    path: '/v1/quarantine/dismiss',
    scope: 'usage:write',
    summary: 'Put aside quarantined records that will never count',
    description:
      'Everything that the filter names leaves quarantine for good: it does not count when its cause is gone either. It stays findable with `state=dismissed`. To have it billed after all, post it anew under another id.',
    body: jsonBody(Unwanted),
    example: { code: 'conflict', source: 'switch-1', reason: 'The switch numbered its records twice on 12 November.' },
    answers: { 200: 'Dismissed' },
    problems: ['invalid-cursor', 'busy'],
  }),
};
