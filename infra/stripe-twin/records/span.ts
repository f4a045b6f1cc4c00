/** Billing periods in Unix seconds, UTC. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
