import type { Span } from './span.ts';

/**
 * A metered line that is still open: what it comes to is read from the meter when the invoice is drafted and again when
 * it is finalised, so that usage reported in between is still on it.
 */
export interface MeteredEntry {
  readonly lineId: string;
  readonly item: string;
  readonly price: string;
  readonly customer: string;
  readonly period: Span;
  /** Usage that was reported before the item was added is not the item's. */
  readonly afterSequence: number;
}
