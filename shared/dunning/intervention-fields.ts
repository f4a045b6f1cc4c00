import * as z from 'zod';
import { AskedAmount, AskedCurrency } from '#shared/money/asked-amount.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';

const Reason = z.string().trim().min(1).max(500);

/** Body of `POST .../dunning/hold` and `.../exempt` (contract section 7). Without `until`: until it is lifted by hand. */
export const PauseFields = z.strictObject({ reason: Reason, until: StoredInstant.optional() });
export type PauseFields = z.output<typeof PauseFields>;

/** Body of `POST .../dunning/release`. */
export const ReleaseFields = z.strictObject({ reason: Reason.optional() });
export type ReleaseFields = z.output<typeof ReleaseFields>;

const PromisedPayment = z.strictObject({
  amount: AskedAmount,
  currency: AskedCurrency,
  /** A day (until its end, by the account's clock) or a moment. */
  on: z.union([z.iso.date(), StoredInstant]),
});

/** Body of `POST .../dunning/promise`. */
export const PromiseFields = z.strictObject({
  payments: z.array(PromisedPayment).min(1).max(24),
  reason: Reason.optional(),
});
export type PromiseFields = z.output<typeof PromiseFields>;
