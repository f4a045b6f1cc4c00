import type { MessageContent } from './message-content.ts';

/** What became of a bill since it was issued. */
export interface BillStanding {
  readonly status: 'open' | 'paid' | 'void' | 'uncollectible';
  /** In major units. */
  readonly due: string;
  /** `failed`: the payment method was charged in vain. */
  readonly collection?: string | undefined;
}

/** What a message that waited for the morning says of its bill, which may have been paid in the meantime. */
export function asItStands(content: MessageContent, standing: BillStanding | undefined): MessageContent {
  if (content.template !== 'bill' || standing === undefined) return content;
  const { status, due, collection } = standing;
  return {
    ...content,
    status: status === 'paid' ? 'paid' : 'open',
    due,
    automatic: content.automatic && collection !== 'failed',
  };
}
