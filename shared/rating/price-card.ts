import type { Increments, RateCard } from '#shared/catalog/catalog-version.ts';
import { type Decimal, decimal, greatestCommonDivisor, isZero } from '#shared/money/decimal.ts';
import { toMicros } from '#shared/money/micros.ts';
import { divideHalfUp } from '#shared/money/rounding.ts';
import { mustHave } from '#shared/platform/must-have.ts';

/**
 * A rate card made ready for arithmetic in whole numbers: all its prices stand over one denominator, so that
 * micros = (setup + Σ units × price) / denominator, rounded half up once per record (contract section 5, rule 5).
 */
export interface PriceCard {
  readonly source: RateCard;
  readonly increments: Increments | null;
  /** Every price and the set-up are zero. */
  readonly isFree: boolean;
  readonly setup: number;
  /** Step i prices the units from `starts[i]` to `starts[i + 1]`. */
  readonly starts: readonly number[];
  readonly prices: readonly number[];
  readonly denominator: number;
  /**
   * Up to this many priced units the sum is exact in a number. Proof: numerator = setup + Σ units × price is at most
   * setup + mostUnits × the highest price, and 2 × numerator + denominator ≤ 2^52. Below that bound every product and
   * sum is a whole number that a double holds, and floor(a / b) of whole a, b ≤ 2^52 is the true quotient: a wrong one
   * needs a / b within 2^-53 of its next whole number k, relatively, but the gap is at least 1 / (b × k) > 2^-53.
   * 0 where not even one unit fits; then everything goes through BigInt.
   */
  readonly mostUnits: number;
  readonly exact: ExactCard;
}

/** The same in BigInt, without bound. */
interface ExactCard {
  readonly setup: bigint;
  readonly prices: readonly bigint[];
  readonly denominator: bigint;
}

const EXACT_LIMIT = 2n ** 52n;

const NO_PRICE = 'A step of a price card has no price.';

export function preparePriceCard(card: RateCard, currency: string): PriceCard {
  const setup = toMicros(decimal(card.setup), currency);
  const prices = card.steps.map(step => fraction(toMicros(decimal(step.price), currency), BigInt(step.per)));
  const setupOnce = fraction(setup, 1n);
  const all = [setupOnce, ...prices];
  const denominator = all.reduce((common, each) => leastCommonMultiple(common, each.denominator), 1n);
  const exact: ExactCard = {
    setup: scaled(setupOnce, denominator),
    prices: prices.map(price => scaled(price, denominator)),
    denominator,
  };
  const highest = highestOf(exact.prices);
  const room = EXACT_LIMIT - denominator - 2n * exact.setup;
  const mostUnits = room <= 0n ? 0n : highest === 0n ? EXACT_LIMIT : room / (2n * highest);
  return {
    source: card,
    increments: card.increments,
    isFree: isZero(setup) && card.steps.every(step => isZero(decimal(step.price))),
    setup: Number(exact.setup),
    starts: card.steps.map(step => step.after),
    prices: exact.prices.map(Number),
    denominator: Number(denominator),
    mostUnits: Number(mostUnits),
    exact,
  };
}

function highestOf(prices: readonly bigint[]): bigint {
  let highest = 0n;
  for (const price of prices) if (price > highest) highest = price;
  return highest;
}

/** Micros of the billed units from `covered` on; `undefined` where only `exactMicrosOf` is surely right. Costs no allocation. */
export function microsOf(card: PriceCard, covered: number, billed: number): number | undefined {
  if (billed - covered > card.mostUnits) return undefined;
  const { starts, prices } = card;
  let numerator = card.setup;
  if (starts.length === 1) {
    numerator += (billed - covered) * mustHave(prices[0], NO_PRICE);
  } else {
    for (let step = 0; step < starts.length; step++) {
      const from = Math.max(starts[step] ?? 0, covered);
      const to = Math.min(starts[step + 1] ?? billed, billed);
      if (to > from) numerator += (to - from) * mustHave(prices[step], NO_PRICE);
    }
  }
  if (card.denominator === 1) return numerator;
  return Math.floor((2 * numerator + card.denominator) / (2 * card.denominator));
}

export function exactMicrosOf(card: PriceCard, covered: number, billed: number): bigint {
  const { starts, exact } = card;
  let numerator = exact.setup;
  starts.forEach((start, step) => {
    const from = Math.max(start, covered);
    const to = Math.min(starts[step + 1] ?? billed, billed);
    if (to > from) numerator += BigInt(to - from) * mustHave(exact.prices[step], NO_PRICE);
  });
  return divideHalfUp(numerator, exact.denominator);
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** value / per in lowest terms. */
function fraction(value: Decimal, per: bigint): Fraction {
  const denominator = 10n ** BigInt(value.scale) * per;
  const common = greatestCommonDivisor(value.digits, denominator);
  return { numerator: value.digits / common, denominator: denominator / common };
}

function scaled(price: Fraction, denominator: bigint): bigint {
  return (price.numerator * denominator) / price.denominator;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  return (a / greatestCommonDivisor(a, b)) * b;
}
