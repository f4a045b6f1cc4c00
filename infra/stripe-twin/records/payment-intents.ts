import type { Decline } from './test-cards.ts';

export interface PaymentIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly amount_received: number;
  readonly canceled_at: number | null;
  readonly cancellation_reason: 'automatic' | 'void_invoice' | null;
  readonly client_secret: string;
  readonly created: number;
  readonly currency: string;
  readonly customer: string;
  readonly description: string;
  readonly latest_charge: string | null;
  readonly payment_method: string | null;
  readonly status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';
  /** The last refusal; shown as `last_payment_error`, unless the bank waits for the cardholder. */
  readonly declined: { readonly decline: Decline; readonly charge: string; readonly paymentMethod: string } | null;
}
