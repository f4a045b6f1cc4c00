import { compare, type Decimal, ZERO } from '#shared/money/decimal.ts';
import type { KindOfMonth, LineOfMonth, MonthOfUse } from './month-of-use.ts';

/** Why a month cost something else than the one before. */
export type ChangeReason = 'plan-changed' | 'allowance-used-up' | 'more-used' | 'less-used' | 'other-prices';

/** One kind of use of one line, in two months. */
export interface UseChange {
  readonly line: string;
  readonly kind: string;
  readonly before: Pick<KindOfMonth, 'units' | 'amount'>;
  readonly after: Pick<KindOfMonth, 'units' | 'amount'>;
  readonly why: ChangeReason;
}

/** A smaller difference of use is not told of, unless it cost something else. */
const TOLD_FROM = 0.1;

/** What changed from one month to the next, line by line. */
export function changesBetween(before: MonthOfUse, after: MonthOfUse): UseChange[] {
  return after.lines.flatMap(line => {
    const earlier = before.lines.find(one => one.line === line.line);
    if (earlier === undefined) return [];
    const kinds = [...new Set([...line.kinds, ...earlier.kinds].map(({ kind }) => kind))].sort();
    return kinds.flatMap(kind => changeOf(kind, earlier, line) ?? []);
  });
}

function changeOf(kind: string, earlier: LineOfMonth, line: LineOfMonth): UseChange | undefined {
  const before = useOf(kind, earlier);
  const after = useOf(kind, line);
  const isSameUse = Math.abs(after.units - before.units) < TOLD_FROM * Math.max(before.units, after.units);
  const cost = compare(after.amount, before.amount);
  if ((isSameUse || (before.units === 0 && after.units === 0)) && cost === 0) return undefined;
  const why = reasonOf(earlier.plan !== line.plan, isSameUse, cost, before.units < after.units, after.isUsedUp);
  return { line: line.line, kind, before: figures(before), after: figures(after), why };
}

function reasonOf(
  isOtherPlan: boolean,
  isSameUse: boolean,
  cost: -1 | 0 | 1,
  isMore: boolean,
  isUsedUp: boolean,
): ChangeReason {
  if (isOtherPlan && cost !== 0) return 'plan-changed';
  if (isUsedUp && isMore && cost > 0) return 'allowance-used-up';
  if (isSameUse) return 'other-prices';
  return isMore ? 'more-used' : 'less-used';
}

function useOf(kind: string, { kinds }: LineOfMonth): KindOfMonth {
  const none = { kind, records: 0, units: 0, amount: ZERO, isUsedUp: false };
  return kinds.find(one => one.kind === kind) ?? none;
}

function figures({ units, amount }: KindOfMonth): { readonly units: number; readonly amount: Decimal } {
  return { units, amount };
}
