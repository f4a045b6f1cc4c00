import type { FourNumbers } from '#shared/metering/four-numbers.ts';
import type { Period } from '#shared/platform/instant.ts';
import type { InvoiceDraft } from './invoice-drafts.ts';

/** It was tried in this run, and the provider cannot be reached now or has refused. */
export type OutOfReach = 'out-of-reach';

/** What a run has found out about the meters. */
export type Meters =
  /** Something is under way. */
  | 'waiting'
  /** All is sent; the summaries were not read yet. */
  | 'sent'
  /** A summary says something else than was sent. */
  | 'differ'
  /** All the others agree; of some, an incident stands open. */
  | 'stuck'
  /** Every position is confirmed by its meter's summary. */
  | 'agree';

/** A final invoice beside what was rated, acknowledged and confirmed. */
export interface Comparison {
  readonly invoice: string | undefined;
  /** Steps on the invoice, by billable key. */
  readonly invoiced: ReadonlyMap<string, bigint>;
  /** Billables of which the four numbers are not the same. */
  readonly differing: readonly FourNumbers[];
}

/** What one run has found out so far; a member that is `undefined` was not looked at in this run. */
export interface ClosingFacts {
  /** Sources that are expected to report past the period's end and have not. */
  readonly silent?: readonly string[];
  /** The subscription's current period, or `none`: it is over. */
  readonly current?: Period | 'none' | OutOfReach;
  /** It has more records than are rated at once: this is the most. */
  readonly tooLarge?: { readonly most: string };
  readonly meters?: Meters | OutOfReach;
  /** The draft of the invoice that closes the period; `none`: final, not made yet, or not needed. */
  readonly draft?: InvoiceDraft | 'none' | OutOfReach;
  /** Whether the draft has the account's charges, credits and instalments. */
  readonly adjustments?: 'placed' | 'too-late' | OutOfReach;
  /** What came of the draft's hold or release. One that was final already has passed. */
  readonly gate?: 'passed' | 'held' | OutOfReach;
  readonly comparison?: Comparison | 'not-final' | OutOfReach;
  /** The invoiced figures are noted, and the bill is asked for. */
  readonly isBillOrdered?: boolean;
  /** Code of the first thing that the provider refused for good. */
  readonly refused?: string;
}
