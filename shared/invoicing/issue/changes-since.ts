import { add, type Decimal, decimal, isZero, printDecimal, times, ZERO } from '#shared/money/decimal.ts';
import type { BillDocument, BillLine, BillSection } from '../document/bill-document.ts';

const MOST_REASONS = 3;

/** What is new against the bill before: the difference, and where most of it comes from. */
export function changesSince(
  previous: BillDocument,
  sections: readonly BillSection[],
  total: string,
): NonNullable<BillDocument['changes']> {
  const before = sumsOf(previous.sections);
  const now = sumsOf(sections);
  const reasons = [...new Set([...now.keys(), ...before.keys()])]
    .map(key => ({
      label: now.get(key)?.label ?? before.get(key)?.label ?? '',
      difference: minus(now.get(key)?.amount ?? ZERO, before.get(key)?.amount ?? ZERO),
    }))
    .filter(({ difference }) => !isZero(difference))
    .sort((a, b) => {
      const [one, other] = [magnitude(a.difference), magnitude(b.difference)];
      if (one !== other) return one > other ? -1 : 1;
      return a.label < b.label ? -1 : 1;
    });
  return {
    previous: previous.id,
    difference: print(minus(decimal(total), decimal(previous.totals.total)), total),
    reasons: reasons
      .slice(0, MOST_REASONS)
      .map(({ label, difference }) => ({ label, difference: print(difference, total) })),
  };
}

interface Sum {
  readonly label: string;
  readonly amount: Decimal;
}

/** By price; what has none by its label. */
function sumsOf(sections: readonly BillSection[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const line of sections.flatMap(section => section.lines)) {
    const key = placeOf(line);
    const known = sums.get(key);
    sums.set(key, { label: known?.label ?? line.label, amount: add(known?.amount ?? ZERO, decimal(line.amount)) });
  }
  return sums;
}

/** Without the version: a changed price is a change of the same thing. */
function placeOf({ billable, label }: BillLine): string {
  return billable === null ? label : billable.slice(0, billable.lastIndexOf(':'));
}

function minus(a: Decimal, b: Decimal): Decimal {
  return add(a, times(b, -1n));
}

/** Bills of one account have one currency, so amounts have one scale. */
function magnitude({ digits }: Decimal): bigint {
  return digits < 0n ? -digits : digits;
}

/** With as many decimals as `like`. */
function print(value: Decimal, like: string): string {
  return printDecimal(value, like.includes('.') ? like.length - like.indexOf('.') - 1 : 0);
}
