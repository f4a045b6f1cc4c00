import type { Instant, Period } from '#shared/platform/instant.ts';

/** An invoice as it is now. */
export interface InvoiceNow {
  readonly id: string;
  readonly customer: string | undefined;
  readonly subscription: string | undefined;
  readonly status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  /** It bills a period that ended, and the next one's fees. */
  readonly isCycle: boolean;
  /** It could not be charged, or was sent and is not paid yet; not the first one of a subscription that waits for it. */
  readonly isOwed: boolean;
  /** What is to pay of a subscription's first invoice that was not charged: the lines wait for it. `undefined` on others. */
  readonly waiting: { readonly total: string; readonly currency: string } | undefined;
  readonly createdAt: Instant;
  /** The period of those fees, where it is plain to see. */
  readonly next: Period | undefined;
}

/** A payment that is disputed at the bank. */
export interface DisputeNow {
  readonly id: string;
  readonly customer: string | undefined;
  readonly status: 'open' | 'won' | 'lost';
  /** In minor units. */
  readonly amount: bigint;
  readonly currency: string;
}

/** Usage that a meter took and later found wrong: it is not counted. */
export interface MeterErrors {
  readonly errors: readonly { readonly code: string; readonly count: number; readonly samples: readonly string[] }[];
  readonly validated: { readonly start: Instant; readonly end: Instant };
}

/**
 * Port to what events are about: a webhook is a hint, so the object is read again. `undefined`: it is gone, or was never
 * ours to see. @throws Failure retryable when it cannot be read now
 */
export interface EventObjects {
  invoice(id: string): Promise<InvoiceNow | undefined>;
  /** What it bills was not paid, and no payment is on its way: a debit takes days, in which all is well. */
  isUnpaid(subscription: string): Promise<boolean | undefined>;
  /** The account's id that the customer carries. */
  accountTag(customer: string): Promise<string | undefined>;
  dispute(id: string): Promise<DisputeNow | undefined>;
  meterErrors(event: string): Promise<MeterErrors | undefined>;
}
