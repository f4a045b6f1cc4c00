import type { Address } from './address.ts';
import type { Customer, CustomField } from './customers.ts';
import type { Metadata } from './metadata.ts';
import type { MeteredEntry } from './metered-entry.ts';
import type { TaxId } from './tax-ids.ts';

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';

export type BillingReason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';

export type CollectionMethod = 'charge_automatically' | 'send_invoice';

/** Customer data on an invoice: follows the customer while it is a draft, frozen afterwards. */
export interface CustomerDetails {
  readonly customer_address: Address | null;
  readonly customer_email: string | null;
  readonly customer_name: string | null;
  readonly customer_phone: string | null;
  readonly customer_tax_exempt: Customer['tax_exempt'];
  readonly customer_tax_ids: readonly Pick<TaxId, 'type' | 'value'>[];
}

/** Amounts in minor units, moments in Unix seconds. */
export interface Invoice {
  readonly id: string;
  readonly object: 'invoice';
  readonly amount_due: number;
  readonly amount_paid: number;
  readonly amount_paid_off_stripe: number;
  readonly amount_remaining: number;
  readonly attempt_count: number;
  readonly attempted: boolean;
  readonly auto_advance: boolean;
  readonly automatically_finalizes_at: number | null;
  readonly billing_reason: BillingReason;
  readonly collection_method: CollectionMethod;
  readonly created: number;
  readonly currency: string;
  readonly custom_fields: readonly CustomField[] | null;
  readonly customer: string;
  readonly description: string | null;
  readonly due_date: number | null;
  readonly effective_at: number | null;
  readonly ending_balance: number | null;
  readonly footer: string | null;
  readonly last_finalization_error: { readonly type: string; readonly code?: string; readonly message: string } | null;
  readonly metadata: Metadata;
  readonly next_payment_attempt: number | null;
  readonly number: string | null;
  readonly parent: {
    readonly quote_details: null;
    readonly subscription_details: { readonly metadata: Metadata; readonly subscription: string };
    readonly type: 'subscription_details';
  };
  readonly period_start: number;
  readonly period_end: number;
  readonly starting_balance: number;
  readonly status: InvoiceStatus;
  readonly status_transitions: {
    readonly finalized_at: number | null;
    readonly marked_uncollectible_at: number | null;
    readonly paid_at: number | null;
    readonly voided_at: number | null;
  };
  readonly subtotal: number;
  readonly total: number;
  readonly webhooks_delivered_at: number | null;
  /** Not shown as they are. */
  readonly lineIds: readonly string[];
  readonly metered: readonly MeteredEntry[];
  /** The moment of finalisation was given by a call. */
  readonly isScheduled: boolean;
  readonly daysUntilDue: number | null;
  readonly frozenCustomer: CustomerDetails | null;
  /** Since when (Unix seconds) and how often it was tried again by itself; null before the first failure. */
  readonly retries: { readonly since: number; readonly done: number } | null;
}
