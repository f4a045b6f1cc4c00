/** When a subscription's anchor is given by rule instead of by moment. */
export interface AnchorRule {
  readonly day_of_month: number;
  readonly hour: number | null;
  readonly minute: number | null;
  readonly month: number | null;
  readonly second: number | null;
}
