import type { InvoiceReason, InvoiceStatus } from '#shared/invoicing/issue/billed-invoice.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';

/** An invoice as it is now. */
export interface InvoiceNow {
  readonly id: string;
  readonly customer: string | undefined;
  readonly subscription: string | undefined;
  readonly status: InvoiceStatus;
  readonly reason: InvoiceReason;
  readonly collection: 'automatic' | 'invoice';
  /** It was tried to charge it. */
  readonly attempted: boolean;
  /** What is left to pay, in minor units. */
  readonly remaining: bigint;
  readonly currency: string;
  readonly createdAt: Instant;
  /** A person keeps it from becoming final; only of drafts. */
  readonly isStopped: boolean;
  /** Why it could not be made final at the last try, in the provider's word; only of drafts. */
  readonly finalisationError: string | undefined;
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

/** What is known of a subscription besides what it bills. */
export interface SubscriptionNow {
  /** What it bills was not paid, and no payment is on its way: a debit takes days, in which all is well. */
  readonly isUnpaid: boolean;
  /** A person paused the collection: what becomes of the invoices meanwhile. We never do. */
  readonly collectionPaused: 'keep_as_draft' | 'mark_uncollectible' | 'void' | undefined;
  /** Quantities that we set and a person changed. */
  readonly changedQuantities: readonly { readonly price: string; readonly quantity: number; readonly ours: number }[];
}

/** A refund that a person made. */
export interface RefundNow {
  readonly id: string;
  readonly customer: string | undefined;
  readonly hasFailed: boolean;
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
  subscription(id: string): Promise<SubscriptionNow | undefined>;
  /** The account's id that the customer carries. */
  accountTag(customer: string): Promise<string | undefined>;
  dispute(id: string): Promise<DisputeNow | undefined>;
  refund(id: string): Promise<RefundNow | undefined>;
  /** The invoice that a credit note corrects. */
  creditedInvoice(creditNote: string): Promise<string | undefined>;
  meterErrors(event: string): Promise<MeterErrors | undefined>;
}
