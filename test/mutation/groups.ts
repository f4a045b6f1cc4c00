/** Code of which one wrong character costs money, and the unit tests that must notice it. */
export interface MutationGroup {
  readonly name: string;
  /** Globs, from the project's folder; they name files wherever these stand in their room. */
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

export const GROUPS: readonly MutationGroup[] = [
  { name: 'money', mutate: ['shared/money/**/*.ts'], tests: ['test/unit/money/**/*.test.ts'] },
  {
    name: 'page-codec',
    mutate: ['shared/**/page-codec.ts'],
    tests: ['test/unit/usage/**/{page-codec,decode-pages}.test.ts'],
  },
  {
    name: 'price',
    mutate: ['shared/rating/**/{increments,price-card,tally}.ts'],
    tests: ['test/unit/rating/**/{increments,price-card,tally}.test.ts'],
  },
  {
    name: 'rating',
    mutate: ['shared/rating/**/{rate,rate-record}.ts'],
    // Values worked out by hand must notice it, not only the comparison with the plain rater, which takes its time.
    tests: ['test/unit/rating/**/!(combinations|plain-rater|properties).test.ts'],
  },
  { name: 'closing', mutate: ['shared/closing/**/decide-closing.ts'], tests: ['test/unit/closing/**/*.test.ts'] },
  { name: 'dunning', mutate: ['shared/dunning/**/decide.ts'], tests: ['test/unit/dunning/**/*.test.ts'] },
];

/** At most this share of a group's mutants may survive, each with a reason. */
export const MOST_SURVIVORS = 0.05;
