import type { Instant } from '#shared/platform/instant.ts';
import type { Customisation } from './customise-invoice.ts';

/** The provider's draft of the invoice that closes a period. */
export interface InvoiceDraft {
  readonly id: string;
  /** The provider waits for us. */
  readonly isHeld: boolean;
  /** When the provider makes it final by itself, where it has fixed that already and is not held. */
  readonly finalisesAt: Instant | undefined;
}

/** `too-late`: it is final already, or gone. */
export type DraftChange = 'done' | 'too-late';

/**
 * Port to the drafts of the provider's invoices. `identity`: a repeat of the same call with the same identity does
 * nothing more. All throw a retryable Failure when the provider cannot be reached now.
 */
export interface InvoiceDrafts {
  /** `undefined`: final, not made yet, or none is needed. */
  find(subscription: string, period: { readonly end: Instant }): Promise<InvoiceDraft | undefined>;
  /** What is printed on it is set, and it does not become final by itself from now on. Never stops the collection of a final one. */
  hold(invoice: string, customisation: Customisation, identity: string): Promise<DraftChange>;
  /** What is printed on it is set, and it becomes final at that moment, not far ahead, and is collected. */
  release(invoice: string, customisation: Customisation, at: Instant, identity: string): Promise<DraftChange>;
}
