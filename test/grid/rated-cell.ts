import { minorDigits } from '#shared/money/currency.ts';
import type { Decimal } from '#shared/money/decimal.ts';
import { rate } from '#shared/rating/rate.ts';
import { aRatedAccount, NOVEMBER } from '#test/builders/rating.ts';
import type { PlainBill } from '#test/unit/rating/plain-period.ts';
import { CURRENCIES } from './axes.ts';
import { CHANGED_AT, historyOf, linesOf, recordsOf } from './grid-month.ts';
import { gridCatalog, planId } from './grid-terms.ts';
import type { Combination } from './rating-combinations.ts';

export const SINCE = '2026-01-01T00:00:00Z';
const CATALOGS = { first: gridCatalog(SINCE, 'first'), second: gridCatalog(CHANGED_AT, 'second') };

export function pricesChange({ change }: Combination): boolean {
  return change === 'prices change' || change === 'starts as prices change';
}

export function byId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the product makes of a combination, in the words of the plain rater: amounts in micros. */
export function ratedCell(cell: Combination): PlainBill {
  const currency = CURRENCIES[cell.decimals];
  const period = rate({
    account: aRatedAccount({
      currency,
      lines: linesOf(cell).map(line => historyOf(line, planId(cell))),
    }),
    period: NOVEMBER,
    records: recordsOf(cell),
    catalogs: pricesChange(cell) ? [CATALOGS.first, CATALOGS.second] : [CATALOGS.first],
    itemised: true,
  });
  const micros = ({ digits, scale }: Decimal) => digits * 10n ** BigInt(minorDigits(currency) + 4 - scale);
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
  const fates = period.records.map(({ record, state, charge, billed, covered, priced, amount }) => ({
    id: record.facts.id,
    state,
    charge,
    units: [billed, covered, priced] as const,
    amount,
  }));
  return {
    fates: byId(fates),
    lines: period.lines.map(({ line, fee, allowances }) => ({
      id: line,
      fee: micros(fee),
      allowances: allowances.map(({ id, included, used }) => ({
        id,
        included: included ?? Number.POSITIVE_INFINITY,
        used,
      })),
    })),
    quantity: sum([...period.targets.values()]),
    amount: sum(period.lines.flatMap(line => line.charges.map(charge => micros(charge.amount)))),
  };
}
