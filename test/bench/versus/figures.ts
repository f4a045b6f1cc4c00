import type { Goal } from '../figure.ts';
import {
  FAULTS,
  INTAKE,
  type Measure,
  measureFaults,
  measureIntake,
  measurePrice,
  measureRating,
  measureStart,
  measureTests,
  PRICE,
  RATING,
  START,
  TESTS,
} from './measurements.ts';

/** What is compared, and what the ratio to the reference is wanted to be. */
export interface ComparedFigure {
  readonly what: string;
  readonly unit: string;
  readonly goal?: Goal;
}

export interface FigureGroup {
  readonly measure: Measure;
  readonly figures: readonly ComparedFigure[];
}

/** Of the same files in every tree the same share, chosen by the same seed; `FAULTS` takes another. */
const FAULT_SHARE = '1/8';
const FAULT_FILES = 'test/faults/accounts-and-intake.test.ts';

const seconds = (what: string, atMost?: number): ComparedFigure => ({
  what,
  unit: 's',
  ...(atMost !== undefined && { goal: { atMost } }),
});
const megabytes = (what: string, atMost?: number): ComparedFigure => ({ ...seconds(what, atMost), unit: 'MB' });
const dollars = (what: string, atMost?: number): ComparedFigure => ({ ...seconds(what, atMost), unit: 'USD' });
const perSecond = (what: string, atLeast?: number): ComparedFigure => ({
  what,
  unit: 'records/s',
  ...(atLeast !== undefined && { goal: { atLeast } }),
});

/** By the name that `--only` takes. */
export const GROUPS: Readonly<Record<string, FigureGroup>> = {
  start: {
    measure: measureStart,
    figures: [
      seconds(START.wall, 1 / 4),
      seconds(START.cpu, 1 / 4),
      megabytes(START.memory, 1 / 2),
      megabytes(START.peak),
    ],
  },
  faults: {
    measure: measureFaults(process.env.FAULTS ?? FAULT_SHARE, FAULT_FILES),
    figures: [seconds(FAULTS.wall, 1 / 5), seconds(FAULTS.cpu, 1 / 5)],
  },
  price: {
    measure: measurePrice,
    figures: [
      dollars(PRICE.scattered, 0.6),
      dollars(PRICE.gathered, 0.5),
      dollars(PRICE.heavyScattered, 1),
      dollars(PRICE.heavyGathered, 1),
      dollars(PRICE.events),
      dollars(PRICE.mails),
      dollars(PRICE.month, 0.6),
    ],
  },
  rating: {
    measure: measureRating,
    figures: [perSecond(RATING.pages, 1.5), perSecond(RATING.minute), perSecond(RATING.long), perSecond(RATING.large)],
  },
  intake: { measure: measureIntake, figures: [{ what: INTAKE, unit: 'times' }] },
  tests: { measure: measureTests, figures: [seconds(TESTS.wall, 1 / 2), seconds(TESTS.cpu)] },
};

/** `npm test` of both takes minutes: only when it is named. */
export const BY_DEFAULT = Object.keys(GROUPS).filter(name => name !== 'tests');
