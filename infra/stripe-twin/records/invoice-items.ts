import type { CreditedItems } from './invoice-lines.ts';
import type { Metadata } from './metadata.ts';
import type { Span } from './span.ts';

/** A proration or a one-off that waits for the next invoice (`invoice` null), or the source of a line on one. */
export interface InvoiceItem {
  readonly id: string;
  readonly object: 'invoiceitem';
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly date: number;
  readonly description: string | null;
  readonly invoice: string | null;
  readonly metadata: Metadata;
  readonly period: Span;
  /** Null: just an amount. */
  readonly price: string | null;
  readonly proration: boolean;
  readonly quantity: number;
  /** Null: for the customer's next invoice, whichever it is. */
  readonly subscription: string | null;
  /** Whose fee is prorated. */
  readonly subscriptionItem: string | null;
  readonly credited: CreditedItems | null;
}
