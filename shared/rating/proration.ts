import type { Allowance } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import type { Decimal } from '#shared/money/decimal.ts';
import { divideHalfUp, divideUp } from '#shared/money/rounding.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';

/**
 * Units of an allowance for a part that begins at `from`: by time, up to a whole unit (contract section 5, rule 7).
 * `null`: unlimited.
 */
export function includedUnits(allowance: Allowance, from: Instant, period: Period): number | null {
  if (allowance.amount === null || from <= period.start || allowance.prorate === 'none') return allowance.amount;
  return Number(divideUp(BigInt(allowance.amount) * BigInt(period.end - from), BigInt(period.end - period.start)));
}

/** The fee for a part that begins at `from`: whole at the period's start, else by time, half up to the minor unit. */
export function proratedFee(fee: Decimal, currency: string, from: Instant, period: Period): Decimal {
  if (from <= period.start) return fee;
  const scale = minorDigits(currency);
  const numerator = fee.digits * BigInt(period.end - from) * 10n ** BigInt(scale);
  const denominator = BigInt(period.end - period.start) * 10n ** BigInt(fee.scale);
  return { digits: divideHalfUp(numerator, denominator), scale };
}
