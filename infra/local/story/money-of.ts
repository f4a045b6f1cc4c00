import { add, type Decimal, decimal, printDecimal, times, ZERO } from '#shared/money/decimal.ts';
import { fromMinor } from '../minor-amount.ts';

/** What an account's bills came to. Amounts in major units of one currency. */
export interface Money {
  readonly billed: string;
  readonly paid: string;
  /** Payments that were refused at least once. */
  readonly failed: string;
  /** Those of them that were paid later. */
  readonly recovered: string;
  readonly open: string;
}

/** An attempt to charge a card: those of one invoice have one payment. Amounts in minor units. */
export interface ChargeAttempt {
  readonly payment: string;
  readonly amount: number;
  readonly currency: string;
  readonly isPaid: boolean;
}

export function moneyOf(
  bills: readonly { readonly total: string; readonly due: string }[],
  attempts: readonly ChargeAttempt[],
): Money {
  const billed = sum(bills.map(({ total }) => total));
  const open = sum(bills.map(({ due }) => due));
  const refused = [...Map.groupBy(attempts, ({ payment }) => payment).values()].filter(tries =>
    tries.some(({ isPaid }) => !isPaid),
  );
  const recovered = refused.filter(tries => tries.some(({ isPaid }) => isPaid));
  return {
    billed: print(billed),
    paid: print(add(billed, times(open, -1n))),
    failed: print(sum(refused.map(amountOf))),
    recovered: print(sum(recovered.map(amountOf))),
    open: print(open),
  };
}

function amountOf([first]: readonly ChargeAttempt[]): string {
  return first === undefined ? '0' : fromMinor(first.amount, first.currency);
}

function sum(amounts: readonly string[]): Decimal {
  return amounts.map(decimal).reduce(add, ZERO);
}

/** The sample's currencies all have two decimals. */
function print(amount: Decimal): string {
  return printDecimal(amount, 2);
}
