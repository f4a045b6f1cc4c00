import type { Adjustment } from '#shared/adjustments/adjustment.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Customisation } from './customise-invoice.ts';

/** The provider's draft of the invoice that closes a period. */
export interface InvoiceDraft {
  readonly id: string;
  /** It does not become final by itself. */
  readonly isHeld: boolean;
  /** A person set what `isHeld` says: stopped it, or let go what we held. */
  readonly isByPerson: boolean;
  /** When the provider makes it final by itself, where it has fixed that already and is not held. */
  readonly finalisesAt: Instant | undefined;
}

/** A line of ours on a draft, beside what the subscription brings. */
export interface AddedLine {
  /** Id of the adjustment; the line carries it. */
  readonly adjustment: string;
  readonly section: Adjustment['section'];
  /** Whole minor units; below zero for a credit. */
  readonly amount: bigint;
  readonly description: string;
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
  /** Ids of the adjustments that are on it. */
  adjustmentsOn(invoice: string): Promise<ReadonlySet<string>>;
  /** At most 250 lines. */
  addLines(invoice: string, lines: readonly AddedLine[], identity: string): Promise<DraftChange>;
  /** It was deleted as a draft, or is void: what was put on it was not billed. */
  isGone(invoice: string): Promise<boolean>;
  /**
   * What is printed on it is set, and it does not become final by itself from now on, held by us. Never stops the
   * collection of a final one.
   */
  hold(invoice: string, customisation: Customisation, identity: string): Promise<DraftChange>;
  /** What is printed on it is set, and it becomes final at that moment, not far ahead, and is collected. */
  release(invoice: string, customisation: Customisation, at: Instant, identity: string): Promise<DraftChange>;
}
