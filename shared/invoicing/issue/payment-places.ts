import type { Locale } from '#shared/locale/locales.ts';
import type { InvoiceStatus } from './billed-invoice.ts';

/** Of an invoice, what a link to pay it needs to know. */
export interface PayableInvoice {
  /** The provider's customer. */
  readonly customer: string;
  readonly status: InvoiceStatus;
  /** `undefined` on drafts. */
  readonly number: string | undefined;
  /** Something is still to pay. */
  readonly isOwed: boolean;
  /** Where it is paid, `undefined` on drafts. Works for a limited time. */
  readonly url: string | undefined;
}

/** Port to the provider's own pages, where subscribers pay and keep their cards. */
export interface PaymentPlaces {
  /** `undefined`: there is no such invoice. @throws Failure retryable when it cannot be read now */
  invoice(id: string): Promise<PayableInvoice | undefined>;
  /** A page for one purpose, another card, made for this visit. @throws Failure retryable when it cannot be made now */
  cardPage(visit: CardVisit): Promise<string>;
}

export interface CardVisit {
  readonly customer: string;
  readonly locale: Locale;
  /** Where the page leads when a card was saved, and when the subscriber turns back. */
  readonly saved: string;
  readonly back: string;
}
