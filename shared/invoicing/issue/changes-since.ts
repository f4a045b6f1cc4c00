import { add, compare, type Decimal, decimal, isZero, printDecimal, times, ZERO } from '#shared/money/decimal.ts';
import type { BillDocument, BillLine, BillSection } from '../document/bill-document.ts';
import type { BillWords } from '../view/bill-words.ts';

const MOST_REASONS = 3;

/** What is new against the bill before: the difference, and where most of it comes from. */
export function changesSince(
  previous: BillDocument,
  sections: readonly BillSection[],
  total: string,
  words: Pick<BillWords, 'texts' | 'formats'>,
): NonNullable<BillDocument['changes']> {
  const before = sumsOf(previous.sections);
  const now = sumsOf(sections);
  const reasons = [...new Set([...now.keys(), ...before.keys()])]
    .map(key => ({
      label: reasonOf(before.get(key), now.get(key), words),
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
  /** Fees of parts of a month. */
  readonly isPart: boolean;
  /** Of fees: how many. */
  readonly fees: Decimal | undefined;
}

/** By price, whole fees apart from parts of a month; what has no price by its label. */
function sumsOf(sections: readonly BillSection[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { id, lines } of sections) {
    for (const line of lines) {
      const isPart = line.part !== undefined;
      const key = `${placeOf(line)}${isPart ? '\0part' : ''}`;
      const known = sums.get(key);
      const isFee = id === 'plans' && line.billable !== null && !isPart;
      sums.set(key, {
        label: known?.label ?? line.part?.of ?? line.label,
        amount: add(known?.amount ?? ZERO, decimal(line.amount)),
        isPart,
        fees: isFee ? add(known?.fees ?? ZERO, decimal(line.quantity)) : undefined,
      });
    }
  }
  return sums;
}

function reasonOf(
  before: Sum | undefined,
  now: Sum | undefined,
  { texts, formats }: Pick<BillWords, 'texts' | 'formats'>,
): string {
  const sum = now ?? before;
  if (sum === undefined) return '';
  if (sum.isPart) return now === undefined ? texts.noPartMonth(sum.label) : texts.partMonth(sum.label);
  const [fees, feesBefore] = [now?.fees, before?.fees];
  if (fees === undefined || feesBefore === undefined || compare(fees, feesBefore) === 0) return sum.label;
  return texts.linesBefore(sum.label, formats.number(printDecimal(fees)), formats.number(printDecimal(feesBefore)));
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
