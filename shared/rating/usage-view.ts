import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, printDecimal, ZERO } from '#shared/money/decimal.ts';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import type { RatedAllowance, RatedCharge, RatedLine, RatedPeriod, RatedPool } from './rated-period.ts';

/** The body of `GET /v1/accounts/{a}/usage` (contract section 8): what the period comes to so far, before tax. */
export function usageView(account: string, rated: RatedPeriod, ratedAt: Instant) {
  const { currency, period } = rated;
  const amounts = rated.lines.flatMap(line => [line.fee, ...line.charges.map(charge => charge.amount)]);
  return {
    account,
    period: { start: printInstant(period.start), end: printInstant(period.end) },
    ratedAt: printInstant(ratedAt),
    lines: withAddOns(rated.lines).map(line => lineView(line, currency)),
    pools: rated.pools.map(poolView),
    estimate: { subtotal: printAmount(amounts.reduce(add, ZERO), currency), currency },
  };
}

/** What a line's add-ons bring and cost stands before what its plan does, in the last part of the line. */
function withAddOns(lines: readonly RatedLine[]): RatedLine[] {
  const addOns = Map.groupBy(
    lines.filter(({ isAddOn }) => isAddOn),
    ({ line }) => line,
  );
  const plans = lines.filter(({ isAddOn }) => !isAddOn);
  return plans.map((part, index) => {
    const own = plans[index + 1]?.line === part.line ? [] : (addOns.get(part.line) ?? []);
    if (own.length === 0) return part;
    const allowances = [...own.flatMap(addOn => addOn.allowances), ...part.allowances];
    return { ...part, allowances, charges: [...own.flatMap(addOn => addOn.charges), ...part.charges] };
  });
}

function lineView({ line, plan, allowances, charges }: RatedLine, currency: string) {
  return {
    line,
    plan,
    allowances: allowances.map(allowanceView),
    charges: charges.map(charge => chargeView(charge, currency)),
  };
}

function allowanceView({ rolledOverFrom, ...allowance }: RatedAllowance) {
  const parts = rolledOverFrom?.map(({ since, units }) => ({ since: printInstant(since), units }));
  return { ...allowance, ...(parts !== undefined && { rolledOverFrom: parts }) };
}

function chargeView({ id, records, units, quantity, amount }: RatedCharge, currency: string) {
  return {
    id,
    records,
    // JSON knows only doubles: above 2^53 (9 PB) the last digits are lost in this view, not in the amounts.
    units: Number(units),
    quantity: quantity === null ? null : Number(quantity),
    amount: printAmount(amount, currency),
    currency,
  };
}

/** Who brings what, a row per line and plan. */
function poolView({ members, ...pool }: RatedPool) {
  return {
    ...allowanceView(pool),
    lines: members.map(({ line, plan, included, used }) => ({ line, plan, included, used })),
  };
}

/** Exact, with at least the currency's decimals. */
function printAmount(amount: Decimal, currency: string): string {
  return printDecimal(amount, minorDigits(currency));
}
