import type { AnchorRule } from './anchor-rule.ts';
import type { CustomField } from './customers.ts';
import type { CollectionMethod } from './invoices.ts';
import type { Metadata } from './metadata.ts';

export type SubscriptionStatus = 'active' | 'canceled' | 'incomplete' | 'incomplete_expired' | 'past_due' | 'unpaid';

/** What becomes of new invoices; the subscription itself goes on. */
export interface PausedCollection {
  readonly behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void';
  readonly resumes_at: number | null;
}

export type SavedMethod = 'off' | 'on_subscription';

export interface Subscription {
  readonly id: string;
  readonly object: 'subscription';
  readonly billing_cycle_anchor: number;
  readonly billing_cycle_anchor_config: AnchorRule | null;
  readonly billing_mode: {
    readonly flexible: { readonly proration_discounts: 'included' | 'itemized' };
    readonly type: 'flexible';
    readonly updated_at: number;
  };
  readonly cancel_at_period_end: boolean;
  readonly canceled_at: number | null;
  readonly cancellation_details: {
    readonly comment: string | null;
    readonly feedback: string | null;
    readonly feedback_option: null;
    readonly reason: 'cancellation_requested' | 'payment_failed' | null;
  };
  readonly collection_method: CollectionMethod;
  readonly created: number;
  readonly currency: string;
  readonly customer: string;
  readonly days_until_due: number | null;
  readonly default_payment_method: string | null;
  readonly description: string | null;
  readonly ended_at: number | null;
  readonly invoice_settings: {
    readonly account_tax_ids: null;
    readonly custom_fields: readonly CustomField[] | null;
    readonly description: string | null;
    readonly footer: string | null;
    readonly issuer: { readonly type: 'self' };
  };
  readonly latest_invoice: string | null;
  readonly metadata: Metadata;
  readonly pause_collection: PausedCollection | null;
  /** Whether the method that pays an invoice becomes the subscription's own. */
  readonly save_default_payment_method: SavedMethod;
  readonly start_date: number;
  readonly status: SubscriptionStatus;
  /** Oldest first. Not shown as they are. */
  readonly itemIds: readonly string[];
  readonly recentCalls: RecentCalls;
}

/** Moments (Unix seconds) of what calls did to a subscription and Stripe limits. */
export interface RecentCalls {
  readonly quantities: readonly number[];
  readonly invoices: readonly number[];
}
