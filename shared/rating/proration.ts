import type { Allowance } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { type Decimal, subtract } from '#shared/money/decimal.ts';
import { divideHalfUp, divideUp } from '#shared/money/rounding.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';

/** When a plan tenure of a line begins and ends inside the period. */
export interface PartTime {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * Units of an allowance and of its limits for a part: by time from its beginning, up to a whole unit (contract section 5,
 * rule 7). Its end cuts them only with `prorate: time`. `null`: unlimited.
 */
export function includedIn(
  { amount, limits = [], prorate }: Allowance,
  part: PartTime,
  period: Period,
): { readonly units: number | null; readonly limits: readonly number[] } {
  const from = prorate === 'none' ? period.start : part.from;
  const until = prorate === 'time' ? part.until : period.end;
  const share = (units: number) =>
    Number(divideUp(BigInt(units) * BigInt(until - from), BigInt(period.end - period.start)));
  return { units: amount === null ? null : share(amount), limits: limits.map(limit => share(limit.amount)) };
}

/**
 * An amount per period (a fee, a minimum) for a part: what is due from its beginning, less what is given back from its
 * end, each by time and half up to the minor unit, as Stripe prorates.
 */
export function proratedAmount(amount: Decimal, currency: string, part: PartTime, period: Period): Decimal {
  const due = fromThen(amount, currency, part.from, period);
  return part.until >= period.end ? due : subtract(due, fromThen(amount, currency, part.until, period));
}

function fromThen(amount: Decimal, currency: string, from: Instant, period: Period): Decimal {
  if (from <= period.start) return amount;
  const scale = minorDigits(currency);
  const numerator = amount.digits * BigInt(period.end - from) * 10n ** BigInt(scale);
  const denominator = BigInt(period.end - period.start) * 10n ** BigInt(amount.scale);
  return { digits: divideHalfUp(numerator, denominator), scale };
}
