import type { Metadata } from './metadata.ts';

export interface SubscriptionItem {
  readonly id: string;
  readonly object: 'subscription_item';
  readonly created: number;
  readonly current_period_end: number;
  readonly current_period_start: number;
  readonly metadata: Metadata;
  readonly subscription: string;
  readonly price: string;
  /** `null` on metered items. */
  readonly quantity: number | null;
  /** Rank of its adding: usage that was reported earlier is not billed on it. Not shown. */
  readonly addedSequence: number;
}
