import { AXES, type Axis, IMPOSSIBLE, RATING_AXES, type ValueOf } from './axes.ts';

/** One combination of everything that decides what a month of usage costs. */
export interface Combination {
  readonly kind: ValueOf<'kind'>;
  readonly charge: ValueOf<'charge'>;
  readonly allowance: ValueOf<'allowance'>;
  readonly increments: ValueOf<'increments'>;
  readonly decimals: ValueOf<'decimals'>;
  readonly change: ValueOf<'change'>;
}

/** All of them but those that cannot occur; `test/unit/rating/combinations.test.ts` rates each. */
export function ratingCombinations(): Combination[] {
  return AXES.kind
    .flatMap(kind => AXES.charge.map(charge => ({ kind, charge })))
    .flatMap(cell => AXES.allowance.map(allowance => ({ ...cell, allowance })))
    .flatMap(cell => AXES.increments.map(increments => ({ ...cell, increments })))
    .flatMap(cell => AXES.decimals.map(decimals => ({ ...cell, decimals })))
    .flatMap(cell => AXES.change.map(change => ({ ...cell, change })))
    .filter(isPossible);
}

function isPossible(cell: Combination): boolean {
  const has = (axis: Axis, values: readonly string[]) => {
    const rated = RATING_AXES.find(each => each === axis);
    return rated !== undefined && values.includes(cell[rated]);
  };
  return !IMPOSSIBLE.some(({ values }) =>
    (Object.keys(AXES) as Axis[]).every(axis => values[axis] === undefined || has(axis, values[axis])),
  );
}
