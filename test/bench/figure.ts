export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** One figure of `npm run bench`, beside its goal. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** `records/s`, `USD`, `times`. */
  readonly unit: string;
  readonly goal?: Goal;
  /** A count or a ratio: it says the same on a slow and on a busy machine, so that missing it is a failure. */
  readonly steady?: boolean;
}

/** Figures with what has to be known to read them. */
export interface Chapter {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

/** `undefined`: there is no goal. */
export function reached({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** What a small sample, or a neighbour on the machine, may take a figure off by. */
const CLEARLY = 1.5;

/** Whether a steady figure misses its goal by more than a small sample explains. */
export function missedClearly({ value, goal, steady = false }: Figure): boolean {
  if (goal === undefined || !steady) return false;
  return 'atMost' in goal ? value > goal.atMost * CLEARLY : value < goal.atLeast / CLEARLY;
}

/** Three digits that mean something, or all before the point. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
