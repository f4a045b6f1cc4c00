import type { Metadata } from './metadata.ts';

/** A movement of a customer's balance; positive: the customer owes more. */
export interface BalanceTransaction {
  readonly id: string;
  readonly object: 'customer_balance_transaction';
  readonly amount: number;
  readonly created: number;
  readonly credit_note: null;
  readonly currency: string;
  readonly customer: string;
  readonly description: string | null;
  readonly ending_balance: number;
  readonly invoice: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly type: 'applied_to_invoice' | 'invoice_too_small';
}
