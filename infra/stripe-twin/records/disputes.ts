import type { Metadata } from './metadata.ts';

export interface Dispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly charge: string;
  readonly created: number;
  readonly currency: string;
  readonly metadata: Metadata;
  readonly payment_intent: string;
  readonly reason: 'fraudulent';
  readonly status: 'lost' | 'needs_response' | 'under_review' | 'won';
  /** Not shown as they are. */
  readonly dueBy: number;
  readonly uncategorizedText: string | null;
}
