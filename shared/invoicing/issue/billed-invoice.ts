import type { Adjustment } from '#shared/adjustments/adjustment.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';

/**
 * Why the provider made an invoice. `first`: a new subscription's; `cycle`: it bills a period that ended and the next
 * one's fees; `change`: the subscription was changed within its period.
 */
export type InvoiceReason = 'first' | 'cycle' | 'change' | 'other';

/** A line of the provider's invoice. Amounts are whole minor units. */
export interface InvoicedLine {
  readonly id: string;
  /** The provider's price, `undefined` on lines that are just an amount. */
  readonly price: string | undefined;
  /** Plain decimal. */
  readonly quantity: string;
  readonly amount: bigint;
  readonly description: string;
  readonly isProration: boolean;
  /** It is a charge, credit or instalment of ours. */
  readonly adjustment: Pick<Adjustment, 'id' | 'section'> | undefined;
  readonly period: Period;
}

export interface InvoicedTax {
  readonly name: string;
  /** Percent, plain decimal. */
  readonly rate: string;
  readonly base: bigint;
  readonly amount: bigint;
  readonly inclusive: boolean;
}

/** The provider's invoice as bills need it. Amounts are whole minor units. */
export interface BilledInvoice {
  readonly id: string;
  readonly customer: string;
  readonly status: InvoiceStatus;
  readonly reason: InvoiceReason;
  /** `undefined`: it was made for something else. */
  readonly subscription: string | undefined;
  /** `undefined` on drafts. */
  readonly number: string | undefined;
  readonly currency: string;
  /** End of the period whose usage it bills. */
  readonly periodEnd: Instant;
  readonly createdAt: Instant;
  /** `undefined` on drafts. */
  readonly finalisedAt: Instant | undefined;
  /** `undefined` where it is collected by itself. */
  readonly dueAt: Instant | undefined;
  /** The customer has a payment method to charge. */
  readonly hasMethod: boolean;
  readonly paidAt: Instant | undefined;
  readonly voidedAt: Instant | undefined;
  readonly seller: string;
  readonly lines: readonly InvoicedLine[];
  readonly taxes: readonly InvoicedTax[];
  readonly subtotal: bigint;
  readonly discount: bigint;
  /** Of credit that was granted, taken off before tax. */
  readonly credit: bigint;
  readonly total: bigint;
  /** The customer's balance before it: negative is credit. */
  readonly balance: bigint;
  /** What was asked for when it became final. */
  readonly asked: bigint;
  readonly paid: bigint;
  readonly remaining: bigint;
  /** Where the subscriber pays it, `undefined` on drafts. */
  readonly payUrl: string | undefined;
  /** It was tried to charge it. */
  readonly attempted: boolean;
  /** A payment is under way that the bank takes days over, as with a direct debit. */
  readonly pending: boolean;
}

/** Port to the provider's invoices. */
export interface BilledInvoices {
  /** With all its lines. @throws Failure retryable when it cannot be read now */
  read(invoice: string): Promise<BilledInvoice>;
}
