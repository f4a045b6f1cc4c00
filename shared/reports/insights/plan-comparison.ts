import { add, compare, type Decimal, subtract, times, ZERO } from '#shared/money/decimal.ts';

/** What an account's real use would have cost with all lines on one plan, month by month. */
export interface ComparedPlan {
  readonly plan: string;
  /** `null`: the month was not compared, or the plan has no price for some of its use. */
  readonly wouldHaveCost: readonly (Decimal | null)[];
  /** Over the full months that are judged by; below zero where the plan costs more, `null` where one was not compared. */
  readonly saving: Decimal | null;
}

/** So many full months are judged by, and so much of their cost a plan has to save to be suggested. */
export const JUDGED_MONTHS = 3;
const LEAST_SAVING_PERCENT = 10n;

/**
 * What the plan would have saved.
 * @param judged the places of the full months that are judged by
 */
export function comparedPlan(
  plan: string,
  wouldHaveCost: readonly (Decimal | null)[],
  cost: readonly Decimal[],
  judged: readonly number[],
): ComparedPlan {
  const sumOf = (amounts: readonly (Decimal | null)[]) => judged.map(place => amounts[place] ?? ZERO).reduce(add, ZERO);
  const isWhole = judged.every(place => wouldHaveCost[place] !== null);
  return { plan, wouldHaveCost, saving: isWhole ? subtract(sumOf(cost), sumOf(wouldHaveCost)) : null };
}

/** The plan that saves most, where there are three full months and it saves at least 10 % of what they cost. */
export function suggestedPlan(
  plans: readonly ComparedPlan[],
  cost: readonly Decimal[],
  judged: readonly number[],
): (ComparedPlan & { readonly saving: Decimal }) | undefined {
  if (judged.length < JUDGED_MONTHS) return undefined;
  const paid = judged.map(place => cost[place] ?? ZERO).reduce(add, ZERO);
  const whole = plans.flatMap(one => (one.saving === null ? [] : { ...one, saving: one.saving }));
  const [best] = whole.toSorted((a, b) => compare(b.saving, a.saving));
  if (best === undefined || compare(best.saving, ZERO) <= 0) return undefined;
  return compare(times(best.saving, 100n), times(paid, LEAST_SAVING_PERCENT)) >= 0 ? best : undefined;
}
