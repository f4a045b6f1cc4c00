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
 * Units of an allowance for a part: by time from its beginning, up to a whole unit (contract section 5, rule 7). Its end
 * cuts it only with `prorate: time`. `null`: unlimited.
 */
export function includedUnits({ amount, prorate }: Allowance, part: PartTime, period: Period): number | null {
  if (amount === null || prorate === 'none') return amount;
  const until = prorate === 'time' ? part.until : period.end;
  if (part.from <= period.start && until >= period.end) return amount;
  return Number(divideUp(BigInt(amount) * BigInt(until - part.from), BigInt(period.end - period.start)));
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
