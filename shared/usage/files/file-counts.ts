import * as z from 'zod';
import { StoredInstant } from '#shared/platform/stored-instant.ts';

/** So many refusals stand in the answer; all of them are in an object. */
export const REFUSALS_NAMED = 100;

const Count = z.int().nonnegative();

export const NamedRefusal = z.object({
  row: Count,
  id: z.string().nullable(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});
export type NamedRefusal = z.infer<typeof NamedRefusal>;

const Sums = z.record(z.string(), z.string());
const Trailer = z.object({ expected: Sums, found: Sums, agrees: z.boolean() });

/** What became of a file's records, or of those of a range. */
export const FileCounts = z.object({
  /** Rows that were looked at: accepted, refused and left out. */
  records: Count,
  accepted: Count,
  duplicates: Count,
  conflicts: Count,
  quarantined: Count,
  refused: Count,
  /** The first of those. */
  refusals: z.array(NamedRefusal),
  /** Rows that a rule of the source leaves out, by rule. */
  leftOut: z.record(z.string(), Count),
  trailer: Trailer.nullable(),
  /** Start of the newest quarter of an hour that was counted. */
  newest: StoredInstant.optional(),
});
export type FileCounts = z.output<typeof FileCounts>;

export const NOTHING_COUNTED: FileCounts = {
  records: 0,
  accepted: 0,
  duplicates: 0,
  conflicts: 0,
  quarantined: 0,
  refused: 0,
  refusals: [],
  leftOut: {},
  trailer: null,
};

/** Of ranges in the order of the file. */
export function addCounts(a: FileCounts, b: FileCounts): FileCounts {
  const leftOut = { ...a.leftOut };
  for (const [rule, rows] of Object.entries(b.leftOut)) leftOut[rule] = (leftOut[rule] ?? 0) + rows;
  const newest = Math.max(a.newest ?? Number.NEGATIVE_INFINITY, b.newest ?? Number.NEGATIVE_INFINITY);
  return {
    records: a.records + b.records,
    accepted: a.accepted + b.accepted,
    duplicates: a.duplicates + b.duplicates,
    conflicts: a.conflicts + b.conflicts,
    quarantined: a.quarantined + b.quarantined,
    refused: a.refused + b.refused,
    refusals: [...a.refusals, ...b.refusals].slice(0, REFUSALS_NAMED),
    leftOut,
    trailer: b.trailer ?? a.trailer,
    ...(Number.isFinite(newest) && { newest }),
  };
}
