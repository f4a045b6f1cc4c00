import type { Decline } from './test-cards.ts';

export interface Charge {
  readonly id: string;
  readonly object: 'charge';
  readonly amount: number;
  readonly created: number;
  readonly currency: string;
  readonly customer: string;
  readonly description: string;
  readonly disputed: boolean;
  readonly payment_intent: string;
  readonly payment_method: string;
  /** Pending: a debit of which the bank tells in days. */
  readonly status: 'succeeded' | 'failed' | 'pending';
  /** Why the bank refused; shown in `outcome` and the failure fields. */
  readonly decline: Decline | null;
}
