import * as z from 'zod';

/** An item of `GET /v1/quarantine`, as far as it is shown. */
export const QuarantinedRecord = z.object({
  code: z.string(),
  reason: z.string(),
  id: z.string(),
  source: z.string(),
  line: z.string(),
  kind: z.string(),
  startedAt: z.string(),
  account: z.string().optional(),
});
export type QuarantinedRecord = z.infer<typeof QuarantinedRecord>;
