import type { CarriedAllowance } from '#shared/accounts/account.ts';
import type { Allowance, Rollover } from '#shared/catalog/catalog-version.ts';
import type { Period } from '#shared/platform/instant.ts';
import type { AllowanceStock } from './allowance-stock.ts';
import type { AllowanceShare } from './allowance-stocks.ts';
import { type Carry, carriedOn } from './carry.ts';
import type { LinePart } from './line-part.ts';
import { PoolStock } from './pool-stock.ts';
import type { RatedAllowance, RatedPool } from './rated-period.ts';

interface Holding {
  readonly part: LinePart;
  readonly allowance: Allowance;
  readonly share: AllowanceShare;
}

/** What the parts of a line had of their own, in their order. */
export function ownAllowances(parts: readonly LinePart[]): RatedAllowance[][] {
  const own = parts.map(part => holdingsOf(part).filter(({ share }) => !(share.stock instanceof PoolStock)));
  // What was carried in goes with the line from part to part: the last one that has the allowance shows what is left.
  const last = new Map<Carry, AllowanceStock>(own.flat().map(({ share: { stock } }) => [stock.carry, stock]));
  return own.map(holdings =>
    holdings.map(({ allowance, share: { stock } }) =>
      ratedAllowance(allowance, stock, last.get(stock.carry) === stock),
    ),
  );
}

/** What the lines of the account had together. */
export function poolsOf(parts: readonly LinePart[]): RatedPool[] {
  const byStock = Map.groupBy(parts.flatMap(holdingsOf), ({ share }) => share.stock);
  return [...byStock].flatMap(([stock, holdings]) => {
    const [first] = holdings;
    if (first === undefined || !(stock instanceof PoolStock)) return [];
    const members = holdings.map(({ part: { line, plan, from, until }, share: { included, used } }) => ({
      line: line.line,
      plan,
      from,
      until,
      included,
      used,
    }));
    return [{ ...ratedAllowance(first.allowance, stock, true), members }];
  });
}

/** What goes on into the next period: of the parts that last beyond this one. */
export function carriedOut(parts: readonly LinePart[], period: Period): CarriedAllowance[] {
  const lasting = parts.filter(({ lasts }) => lasts).flatMap(holdingsOf);
  return [...Map.groupBy(lasting, ({ share }) => share.stock)].flatMap(([stock, holdings]) => {
    const [first] = holdings;
    if (first === undefined) return [];
    const line = stock instanceof PoolStock ? null : first.part.line.line;
    const ownLeft = stock.included === null ? 0 : stock.ownLeft;
    const rule = togetherOf(holdings.flatMap(({ allowance }) => allowance.rollover ?? []));
    const parts = carriedOn(stock.carry, ownLeft, rule, period.start);
    return parts.map(units => ({ line, allowance: first.allowance.id, ...units }));
  });
}

/** A pool may carry what its members may together. */
function togetherOf(rules: readonly Rollover[]): Rollover | undefined {
  const [first] = rules;
  if (first === undefined) return undefined;
  const isCapped = rules.every(({ max }) => max !== null);
  return { periods: first.periods, max: isCapped ? rules.reduce((sum, { max }) => sum + (max ?? 0), 0) : null };
}

function holdingsOf(part: LinePart): Holding[] {
  return part.allowances.flatMap((share, index) => {
    const allowance = part.terms?.plan.plan.allowances[index];
    return allowance === undefined ? [] : [{ part, allowance, share }];
  });
}

function ratedAllowance(allowance: Allowance, stock: AllowanceStock, hasCarry: boolean): RatedAllowance {
  const { id, unit, limits = [] } = allowance;
  const { included, used, usedOfCarry, ownLeft, carry } = stock;
  const carryLeft = hasCarry ? carry.left : 0;
  const rolledOver = usedOfCarry + carryLeft;
  const parts = hasCarry ? carry.behind(carry.total - rolledOver) : [];
  return {
    id,
    unit,
    included,
    rolledOver,
    used,
    remaining: included === null ? null : ownLeft + carryLeft,
    ...(parts.length > 0 && { rolledOverFrom: parts.map(({ since, units }) => ({ since, units })) }),
    ...(limits.length > 0 && { limits: limits.map(({ from }, index) => ({ from, ...stock.limitAt(index) })) }),
  };
}
