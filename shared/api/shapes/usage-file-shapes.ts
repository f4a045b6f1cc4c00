import * as z from 'zod';
import { FILE_STATES } from '#shared/usage/files/file-item.ts';
import { FILE_REASONS } from '#shared/usage/files/unreadable-file.ts';
import { FailureDetail } from './file-shapes.ts';
import { listOf, Moment } from './parts.ts';

const Count = z.int().nonnegative();

const Upload = z.object({
  file: z.string(),
  url: z.string().describe('Takes the bytes with `PUT`, for this file alone.'),
  expiresAt: Moment,
});

const Sums = z.record(z.string(), z.string());

const UsageFile = z.object({
  file: z.string(),
  source: z.string(),
  name: z.string(),
  state: z
    .enum(FILE_STATES)
    .describe('`waiting`: for its bytes, or to be looked through; `refused`: as a whole, `reason` says why.'),
  openedAt: Moment,
  records: Count.describe('Rows that were looked at: accepted, left out and refused.'),
  accepted: Count,
  left: Count.describe('Rows that a rule of the source leaves out.'),
  duplicates: Count.describe('Those of the accepted that were known.'),
  conflicts: Count,
  quarantined: Count,
  refused: z
    .array(z.object({ row: Count, id: z.string().nullable(), errors: z.array(FailureDetail) }))
    .describe('The first 100 of the rows that were refused.'),
  refusedRows: Count.describe('How many rows were refused.'),
  refusedUrl: z
    .string()
    .nullable()
    .describe('All of them, a JSON object a line; for an hour. Null: there are none, or the file is still being read.'),
  leftOut: z.array(z.object({ rule: z.string(), rows: Count })),
  trailer: z
    .object({ expected: Sums, found: Sums, agrees: z.boolean() })
    .nullable()
    .describe('Sums that the file has of itself, beside those of what was found in it.'),
  reason: z.object({ code: z.enum(FILE_REASONS), detail: z.string() }).nullable(),
});

const example: z.input<typeof UsageFile> = {
  file: '5d0c9b6f3a1e4c7d8b2f6a90',
  source: 'switch-1',
  name: 'calls-2026-11-12.csv.gz',
  state: 'counted',
  openedAt: '2026-11-12T08:15:00Z',
  records: 1_200,
  accepted: 1_150,
  left: 49,
  duplicates: 0,
  conflicts: 0,
  quarantined: 2,
  refused: [
    { row: 17, id: 'call-17', errors: [{ path: 'seconds', code: 'too-small', message: 'must be at least 0' }] },
  ],
  refusedRows: 1,
  refusedUrl:
    'https://dunlin-usage.s3.eu-north-1.amazonaws.com/files/5d0c9b6f3a1e4c7d8b2f6a90/refused.ndjson.gz?X-Amz-Signature=...',
  leftOut: [{ rule: 'not-answered', rows: 49 }],
  trailer: null,
  reason: null,
};

const Source = z.object({
  source: z.string(),
  expects: z.boolean().describe('Invoices wait for it.'),
  lastRecord: Moment.nullable().describe('The newest quarter of an hour with usage that is counted.'),
  watermark: Moment.nullable().describe('By which invoices wait; of a file it moves when all of it is counted.'),
  silentSeconds: Count.nullable().describe('Since `lastRecord`.'),
  gaps: z
    .array(z.object({ from: Moment, to: Moment }))
    .describe(
      'An hour and more without usage, in the last seven days; at most the newest 50. What comes late fills them.',
    ),
});

const source: z.input<typeof Source> = {
  source: 'switch-1',
  expects: true,
  lastRecord: '2026-11-12T08:15:00Z',
  watermark: '2026-11-12T08:15:00Z',
  silentSeconds: 1_200,
  gaps: [{ from: '2026-11-11T02:00:00Z', to: '2026-11-11T05:15:00Z' }],
};

export const usageFileShapes = {
  SourceList: { schema: listOf(Source), example: { items: [source], next: null } },
  Upload: {
    schema: Upload,
    example: {
      file: '5d0c9b6f3a1e4c7d8b2f6a90',
      url: 'https://dunlin-usage.s3.eu-north-1.amazonaws.com/uploads/switch-1/5d0c9b6f3a1e4c7d8b2f6a90/calls.csv?X-Amz-Signature=...',
      expiresAt: '2026-11-13T08:15:00Z',
    },
  },
  UsageFile: { schema: UsageFile, example },
  UsageFileList: { schema: listOf(UsageFile), example: { items: [example], next: null } },
};
