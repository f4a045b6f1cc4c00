import * as z from 'zod';
import { PeriodItem } from '#shared/accounts/period-item.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { StoredInteger } from '#shared/platform/stored-integer.ts';

/** What a period was billed from, fixed once: what arrives later does not change it. */
export const FrozenPeriod = z.object({
  at: StoredInstant,
  /** The account's at that moment. */
  timezone: z.string(),
  /** Billable key → what its meter must come to. */
  targets: z.record(z.string(), StoredInteger),
  /** How many records the manifest names. */
  records: z.int().nonnegative(),
  /** Where manifest and input are kept. */
  manifest: z.string(),
  /** Of the manifest. */
  digest: z.string(),
  /** Of the input; absent where the period was frozen before inputs were kept. */
  inputDigest: z.string().optional(),
});
export type FrozenPeriod = z.output<typeof FrozenPeriod>;

/** The account's period item with what closing it writes down (see `closing/close-period.ts`). */
export const ClosingPeriod = PeriodItem.extend({
  frozen: FrozenPeriod.optional(),
  /** The period behind it is there, or will never be. */
  nextOpened: z.boolean().default(false),
  /** The provider's invoice that closed it, once the numbers were compared. */
  invoice: z.string().optional(),
  /** Codes of the incidents that were opened about it; each is opened once. */
  incidents: z.array(z.string()).default([]),
});
export type ClosingPeriod = z.output<typeof ClosingPeriod>;
