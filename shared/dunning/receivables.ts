import type { InvoiceReason } from '#shared/invoicing/issue/billed-invoice.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { DeclineClass } from './decline-class.ts';

/** An invoice that was not paid and may still be. Amounts in minor units. */
export interface OpenInvoice {
  readonly id: string;
  /** As the subscriber knows it; empty where it has none. */
  readonly number: string;
  readonly currency: string;
  readonly remaining: bigint;
  /** What was paid on it so far. Credit lowers `remaining` too, and is not a payment. */
  readonly paid: bigint;
  readonly collection: 'automatic' | 'invoice';
  readonly reason: InvoiceReason;
  /** Was it tried to charge it? */
  readonly attempted: boolean;
  readonly finalisedAt: Instant;
  /** Of an invoice that was sent. */
  readonly dueAt: Instant | undefined;
  /** A payment is under way that the bank takes days over, as with a direct debit. */
  readonly pending: boolean;
  /** The refused attempts, oldest first. */
  readonly declines: readonly Decline[];
}

export interface Decline {
  readonly at: Instant;
  readonly reason: DeclineClass;
  /** Id of the payment method that was tried; `undefined` where it is not known any more. */
  readonly paymentMethod: string | undefined;
}

/** A stored payment method, such as a card. */
export interface PaymentMethod {
  readonly id: string;
  readonly isDefault: boolean;
  readonly since: Instant;
  /** Its last charge, for whatever and by whomever, was refused in a way that a repeat does not heal. */
  readonly isRefusedForGood: boolean;
}

export interface CustomerReceivables {
  readonly open: readonly OpenInvoice[];
  /** A payment of the customer is being disputed at the bank. */
  readonly disputed: boolean;
  /** The default first, then the newest. */
  readonly paymentMethods: readonly PaymentMethod[];
}

/** What became of an invoice. `paid`: what was paid on it; one that was credited in full is `paid` by nothing. */
export interface InvoiceOutcome {
  readonly status: 'open' | 'paid' | 'void' | 'uncollectible';
  readonly paid: bigint;
}

/** `pending`: accepted, and the bank takes its time; what comes of it is seen at the invoice. */
export type PaymentAnswer =
  | { readonly outcome: 'paid' | 'pending' }
  | { readonly outcome: 'declined'; readonly reason: DeclineClass };

/**
 * Port to accounts receivable at the provider (Stripe). Every call may raise `Unavailable`, `Throttled` (nothing was
 * done) or `UpstreamUnknown`. Other failures are refusals: surely nothing was done, and a repeat alone does not help.
 */
export interface Receivables {
  /** @param since payments before it are not looked at */
  read(customer: string, since: Instant): Promise<CustomerReceivables>;
  /** Charges the open invoice once to this way. Only what the bank says is a decline; no answer of it is a failure. */
  pay(invoice: string, paymentMethod: string, identity: string): Promise<PaymentAnswer>;
  /** Gives the invoice up as a bad debt; it may still be paid. One that is not open any more is left as it is. */
  writeOff(invoice: string): Promise<void>;
  outcome(invoice: string): Promise<InvoiceOutcome>;
}
