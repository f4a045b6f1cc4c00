/** One figure of `npm run bench`, beside its goal. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** `>= 1 000 000`, or `no goal`. */
  readonly goal: string;
  readonly reached: boolean;
}
