import { decimal, isZero } from '#shared/money/decimal.ts';
import { endOfDayOf } from '#shared/platform/end-of-day.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';
import type { PaymentStatus } from '../objects/bill-item.ts';

/**
 * Where a bill stands: one answer for every page that shows it, by the moment at which dunning counts it as late.
 *
 * - `scheduled`: it is charged by itself, from `from` on; without that as soon as the provider tries.
 * - `pending`: a payment is under way. `failed`: it could not be collected.
 * - `first`: lines wait for this payment. `due`: to be paid by the subscriber; `late` when that day has ended.
 */
export type Standing =
  | { readonly is: 'nothing' | 'cancelled' | 'written-off' | 'pending' | 'failed' | 'first' }
  | { readonly is: 'paid'; readonly at: Instant | undefined }
  | { readonly is: 'scheduled'; readonly from: Instant | undefined }
  | { readonly is: 'due' | 'late'; readonly day: Instant };

/** Of a bill, what its standing depends on. */
export interface BillTerms {
  readonly dueAt: Instant;
  readonly timezone: string;
  /** Charged to a stored payment method; else it was sent. */
  readonly isAutomatic: boolean;
  /** What was asked for when it was issued, in major units. */
  readonly asked: string;
}

/** A payment that was not reported on yet: the first attempt comes within this time. */
const FIRST_ATTEMPT = 2 * DAY;

/** @param since what was paid since; `undefined`: as it was issued */
export function standingOf(
  { dueAt, timezone, isAutomatic, asked }: BillTerms,
  since: { readonly at: Instant; readonly now: PaymentStatus } | undefined,
): Standing {
  if (isSettled(asked)) return { is: 'nothing' };
  if (since === undefined) return isAutomatic ? { is: 'scheduled', from: dueAt } : { is: 'due', day: dueAt };
  const { status, due, paidAt, collection } = since.now;
  switch (status) {
    case 'paid':
      return { is: 'paid', at: paidAt };
    case 'void':
      return { is: 'cancelled' };
    case 'uncollectible':
      return { is: 'written-off' };
    case 'open':
      break;
    default:
      return status satisfies never;
  }
  if (isSettled(due)) return { is: 'nothing' };
  if (collection === 'pending') return { is: 'pending' };
  const dayIsOver = since.at >= endOfDayOf(dueAt, timezone);
  if (!isAutomatic) return { is: dayIsOver ? 'late' : 'due', day: dueAt };
  if (collection === 'by-hand') return { is: 'first' };
  const hasFailed = collection === undefined ? since.at > dueAt + FIRST_ATTEMPT : collection === 'failed';
  if (hasFailed) return { is: 'failed' };
  return { is: 'scheduled', from: dayIsOver ? undefined : dueAt };
}

/** Nothing, or less than nothing. */
export function isSettled(amount: string): boolean {
  return amount.startsWith('-') || isZero(decimal(amount));
}
