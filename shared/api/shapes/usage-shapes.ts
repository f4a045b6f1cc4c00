import * as z from 'zod';
import { PostedRecord } from '#shared/usage/posting/record.ts';
import { QUARANTINE_CODES } from '#shared/usage/quarantine/quarantine.ts';
import { FailureDetail, Problem } from './file-shapes.ts';
import { listOf, Moment } from './parts.ts';

const Count = z.int().nonnegative();

const rejected = z
  .array(z.object({ index: Count, id: z.string().nullable(), errors: z.array(FailureDetail) }))
  .describe('The records that were refused, by their place in the batch.');

const BatchAccepted = z.object({
  batch: z.string(),
  received: Count,
  accepted: Count,
  rejected,
  status: z.string().describe('Where to ask what became of the batch.'),
});

const BatchRefused = z.object({
  ...Problem.shape,
  batch: z.null().optional(),
  received: Count.optional(),
  accepted: Count.optional(),
  rejected: rejected.optional(),
});

const Batch = z.object({
  batch: z.string(),
  state: z.enum(['received', 'counted']),
  accepted: Count,
  counted: Count.describe('New, or known with the same facts.'),
  duplicates: Count.describe('Those of them that were known.'),
  conflicts: z.array(z.object({ id: z.string() })).describe('At most 1 000 of those that contradict what was there.'),
  conflicting: Count,
  quarantined: Count,
  unmatchedVoids: z
    .array(z.object({ voids: z.string() }))
    .optional()
    .describe(
      'At most 200 records that voids mean and that were not there when they were counted, left out where there are none. A void comes to count when its record does; one that names its line, kind or quarter of an hour otherwise than the record never will.',
    ),
});

const { id, line, kind, direction, peer, seconds, bytes, count, network, session, sequence, cost } = PostedRecord.shape;

const QuarantinedRecord = z.object({
  code: z.enum(QUARANTINE_CODES),
  reason: z.string(),
  id,
  source: z.string(),
  line,
  kind,
  direction,
  peer,
  startedAt: Moment,
  seconds,
  bytes,
  count,
  network,
  session,
  sequence,
  cost,
  acceptedAt: Moment,
  account: z.string().optional(),
  dismissed: z.object({ reason: z.string(), at: Moment }).optional().describe('Of one that a person put aside.'),
});

const Dismissed = z.object({
  dismissed: Count,
  next: z.string().nullable().describe('The cursor to go on with, when there were too many for one call.'),
});

const Redrive = z.object({
  looked: Count.describe('Records that were looked at.'),
  solved: Count.describe('Those of them that left quarantine.'),
  remaining: Count,
  next: z.string().nullable().describe('The cursor to go on with, when there were too many for one call.'),
});

const EventReceived = z.object({ received: z.string().describe('Id of the event.') });

const refusal = {
  index: 1,
  id: 'call-18',
  errors: [{ path: 'seconds', code: 'too-small', message: 'Must be at least 0.' }],
};

const quarantined: z.input<typeof QuarantinedRecord> = {
  code: 'unknown-line',
  reason:
    'No line has ever had this identifier. Its records count by themselves once a line has it, from before their time on.',
  id: 'call-19',
  source: 'switch-1',
  line: '+46709999999',
  kind: 'voice',
  direction: 'out',
  peer: '+46701234567',
  startedAt: '2026-11-12T08:15:00Z',
  seconds: 65,
  acceptedAt: '2026-11-12T08:20:00Z',
};

export const usageShapes = {
  BatchAccepted: {
    schema: BatchAccepted,
    example: { batch: 'b-1', received: 2, accepted: 1, rejected: [refusal], status: '/v1/usage/batches/b-1' },
  },
  BatchRefused: {
    schema: BatchRefused,
    type: 'application/problem+json' as const,
    example: {
      batch: null,
      received: 1,
      accepted: 0,
      rejected: [{ ...refusal, index: 0 }],
      type: 'urn:dunlin:problem:no-acceptable-record',
      title: 'Unprocessable',
      status: 422,
      detail: 'Not one record is acceptable; `rejected` says why.',
      code: 'no-acceptable-record',
    },
  },
  Batch: {
    schema: Batch,
    example: {
      batch: 'b-1',
      state: 'counted',
      accepted: 128,
      counted: 127,
      duplicates: 2,
      conflicts: [{ id: 'call-17' }],
      conflicting: 1,
      quarantined: 0,
    },
  },
  QuarantineList: { schema: listOf(QuarantinedRecord), example: { items: [quarantined], next: null } },
  Redrive: { schema: Redrive, example: { looked: 12, solved: 10, remaining: 2, next: null } },
  Dismissed: { schema: Dismissed, example: { dismissed: 3, next: null } },
  EventReceived: { schema: EventReceived, example: { received: 'evt_1QXg1o8vcGmoR32' } },
};
