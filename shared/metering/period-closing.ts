import * as z from 'zod';
import { PeriodItem } from '#shared/accounts/period-item.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { StoredInteger } from '#shared/platform/stored-integer.ts';

/** What a period was billed from, fixed once: what arrives later does not change it. */
export const FrozenPeriod = z.object({
  at: StoredInstant,
  /** The account's at that moment: by it records have their time bands and prices their days. */
  timezone: z.string(),
  /** Billable key → what its meter must come to. */
  targets: z.record(z.string(), StoredInteger),
  /** How many records the manifest names. */
  records: z.int().nonnegative(),
  /** Where the manifest is kept. */
  manifest: z.string(),
  digest: z.string(),
});
export type FrozenPeriod = z.output<typeof FrozenPeriod>;

/** The account's period item with what closing it writes down (see `close-period.ts`). */
export const ClosingPeriod = PeriodItem.extend({
  frozen: FrozenPeriod.optional(),
  /** The period behind it is there, or will never be. */
  nextOpened: z.boolean().default(false),
  /** The provider's invoice that closed it, once the numbers were compared. */
  invoice: z.string().optional(),
});
export type ClosingPeriod = z.output<typeof ClosingPeriod>;
