import type { Instant } from '#shared/platform/instant.ts';
import type { TimelineEntry } from './timeline.ts';

export interface IssuedBill {
  readonly id: string;
  readonly number: string;
  readonly issuedAt: Instant;
  /** For readers, as `SEK 159.00`. */
  readonly total: string;
  readonly status: string;
}

/** A bill was issued; its detail is how it stands now. */
export function billEntry({ id, number, issuedAt, total, status }: IssuedBill): TimelineEntry {
  return {
    at: issuedAt,
    kind: 'bill',
    text: `Bill ${number} of ${total}`,
    detail: `now ${status}`,
    about: { kind: 'bill', bill: id },
  };
}
