/** What the flow's client knows of its batches. */
export interface Posted {
  readonly named: readonly string[];
  /** Its id was made by us: a repeat after a lost answer is another batch, all of duplicates. */
  readonly unnamed: string;
}
