import type { Metadata } from './metadata.ts';
import type { Span } from './span.ts';

export interface CreditedItems {
  readonly invoice: string;
  readonly invoice_line_items: readonly string[];
}

export interface Pricing {
  readonly price_details: { readonly price: string; readonly product: string };
  readonly type: 'price_details';
  /** Null on prorations. */
  readonly unit_amount_decimal: string | null;
}

export interface InvoiceLine {
  readonly id: string;
  readonly object: 'line_item';
  /** Minor units, already rounded. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string | null;
  readonly discount_amounts: readonly never[];
  readonly discountable: boolean;
  readonly discounts: readonly never[];
  readonly invoice: string;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly parent: {
    readonly invoice_item_details: {
      readonly invoice_item: string;
      readonly proration: false;
      readonly proration_details: null;
      readonly subscription: string | null;
    } | null;
    readonly subscription_item_details: {
      /** The pending item that became this line. */
      readonly invoice_item: string | null;
      readonly proration: boolean;
      readonly proration_details: { readonly credited_items: CreditedItems | null };
      readonly subscription: string;
      readonly subscription_item: string;
    } | null;
    readonly type: 'invoice_item_details' | 'subscription_item_details';
  };
  readonly period: Span;
  readonly pretax_credit_amounts: readonly never[];
  /** Null: just an amount. */
  readonly pricing: Pricing | null;
  /** Decimals cut off; `quantity_decimal` has them. */
  readonly quantity: number;
  readonly quantity_decimal: string;
  readonly subscription: string | null;
  readonly subtotal: number;
  readonly taxes: readonly never[];
}
