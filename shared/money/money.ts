import { minorDigits } from './currency.ts';
import { add, type Decimal, printDecimal, ZERO } from './decimal.ts';
import { roundHalfUp } from './rounding.ts';

/** An exact amount in major units with its currency. */
export interface Money {
  readonly amount: Decimal;
  readonly currency: string;
}

/** Raises RangeError when the currencies differ. */
export function sum(amounts: Iterable<Money>, currency: string): Money {
  let total = ZERO;
  for (const money of amounts) {
    if (money.currency !== currency) throw new RangeError(`${money.currency} cannot be added to ${currency}`);
    total = add(total, money.amount);
  }
  return { amount: total, currency };
}

/** As the API says it: exact, with at least the currency's decimals: `12.50`, `0.7325`. */
export function printMoney(money: Money): string {
  return printDecimal(money.amount, minorDigits(money.currency));
}

/** Whole minor units, half up, as Stripe rounds an invoice line. */
export function roundToMinor(money: Money): Money {
  return { amount: roundHalfUp(money.amount, minorDigits(money.currency)), currency: money.currency };
}
