import { colonIn } from '#shared/locale/colon.ts';
import { printPhone } from '#shared/locale/phone.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { printDecimal } from '#shared/money/decimal.ts';
import { majorOf } from '#shared/money/minor-units.ts';
import { printInstant, SECOND } from '#shared/platform/instant.ts';
import type { InvoicedLine } from '../issue/billed-invoice.ts';
import type { BillLine, FeeChange } from './bill-document.ts';
import type { BillLineDependencies } from './bill-lines.ts';
import { partOfMonth } from './part-month.ts';
import type { Sold } from './sold-prices.ts';

/** A line of the invoice, what was sold by it, and the bill's line for it. */
export interface MadeLine {
  readonly line: InvoicedLine;
  readonly sold: Sold | undefined;
  readonly made: BillLine;
}

type SoldFee = Extract<Sold, { type: 'fee' }>;

/**
 * What changed inside a period, as one row per change: three lines that start together are a staircase at the provider
 * (`3 ×`, `−2 ×`, `2 ×`, `−1 ×`), of which only the sum means something. Each bill line carries the id of its change.
 */
export function withFeeChanges(
  making: BillLineDependencies,
  lines: readonly MadeLine[],
): { readonly lines: readonly BillLine[]; readonly changes: readonly FeeChange[] } {
  const keyOf = ({ line, sold }: MadeLine) =>
    sold?.type === 'fee' && line.isProration
      ? [printInstant(line.period.start), printInstant(line.period.end), sold.key].join(' ')
      : undefined;
  const groups = Map.groupBy(lines, keyOf);
  const ids = new Map([...groups.keys()].flatMap(key => key ?? []).map((key, index) => [key, String(index + 1)]));
  const changes = [...ids].flatMap(([key, id]) => changeOf(making, id, groups.get(key) ?? []));
  return {
    changes,
    lines: lines.map(each => {
      const id = ids.get(keyOf(each) ?? '');
      return id === undefined ? each.made : { ...each.made, change: id };
    }),
  };
}

function changeOf(making: BillLineDependencies, id: string, group: readonly MadeLine[]): FeeChange[] {
  const [first] = group;
  if (first?.sold?.type !== 'fee') return [];
  const { words, currency } = making;
  const { texts, formats, name } = words;
  const { period } = first.line;
  const amount = group.reduce((sum, { line }) => sum + line.amount, 0n);
  // The provider writes quantities without a sign beside a negative amount.
  const lines = group.reduce((sum, { line }) => sum + Number(line.quantity) * (line.amount < 0n ? -1 : 1), 0);
  const numbers = newNumbers(making, first.sold, period.start);
  const isKnown = lines > 0 && numbers.length === lines;
  const day = formats.day(period.start);
  const what = isKnown
    ? texts.newLines(numbers.map(each => printPhone(each.number)).join(', '), day)
    : texts.changedLines(lines, day);
  const share = partOfMonth(period, words);
  return [
    {
      id,
      label: `${name(first.sold.plan)}${colonIn(words.locale)} ${what}`,
      quantity: [...(Math.abs(lines) > 1 ? [`${formats.number(Math.abs(lines))} ×`] : []), share ?? ''].join(' '),
      unitPrice: lines === 0 ? null : printDecimal(first.sold.unitPrice, minorDigits(currency)),
      amount: majorOf(amount, currency),
      shares: isKnown ? sharesOf(making, numbers, amount) : [],
    },
  ];
}

/** Lines that came to the plan at that second. */
function newNumbers({ lines }: BillLineDependencies, { plan }: SoldFee, start: number) {
  const second = Math.floor(start / SECOND);
  return lines
    .filter(({ plans, addOns }) =>
      [...plans, ...addOns.map(({ addOn, from }) => ({ plan: addOn, from }))].some(
        on => on.plan === plan.id && Math.floor(on.from / SECOND) === second,
      ),
    )
    .map(({ line, msisdn }) => ({ line, number: msisdn }));
}

/** Equal parts, the last with what does not divide. */
function sharesOf(
  { currency }: BillLineDependencies,
  numbers: readonly { readonly line: string; readonly number: string }[],
  amount: bigint,
) {
  const count = BigInt(numbers.length);
  const each = amount / count;
  return numbers.map((holder, index) => ({
    ...holder,
    amount: majorOf(index === numbers.length - 1 ? amount - each * (count - 1n) : each, currency),
  }));
}
