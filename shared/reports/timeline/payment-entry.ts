import type { Formats } from '#shared/locale/formats.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { TimelineEntry } from './timeline.ts';

/** One attempt to charge a payment method. */
export interface PaymentAttempt {
  readonly at: Instant;
  /** Major units, as `159.00`. */
  readonly amount: string;
  readonly isPaid: boolean;
  /** The bank's code for a decline, as `insufficient_funds`. */
  readonly declineCode?: string | undefined;
}

/** A payment method was charged, or its bank declined. */
export function paymentEntry(attempt: PaymentAttempt, formats: Formats): TimelineEntry {
  const { at, isPaid, declineCode } = attempt;
  const amount = formats.money(attempt.amount);
  return {
    at,
    kind: 'money',
    text: isPaid ? `Paid ${amount}` : `Payment of ${amount} failed`,
    ...(!isPaid && declineCode !== undefined && { detail: declineCode.replaceAll('_', ' ') }),
    tone: isPaid ? 'good' : 'bad',
  };
}
