import { colonIn } from '#shared/locale/colon.ts';
import { printPhone } from '#shared/locale/phone.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, decimal, isZero, printDecimal, times, ZERO } from '#shared/money/decimal.ts';
import { roundHalfUp } from '#shared/money/rounding.ts';
import type { BillDocument, BillLine, BillSection, FeeChange } from '../document/bill-document.ts';
import type { Labelled } from './bill-view.ts';
import type { BillWords } from './bill-words.ts';
import { MOST_LINES_SHOWN } from './lines-shown.ts';

export interface SectionView {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly RowView[];
  readonly subtotal: Labelled;
}

export interface RowView {
  readonly label: string;
  readonly notes: readonly string[];
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
  /** What the amount is made of; its own amounts are unrounded. */
  readonly parts: readonly string[];
  /** The provider's rows behind this one, for who wants to see them. */
  readonly folded: { readonly title: string; readonly rows: readonly string[] } | undefined;
}

interface SectionState {
  /** The account has one line: nobody asks which one a row is about. */
  readonly isOneLine: boolean;
}

export function sectionView(section: BillSection, words: BillWords, state: SectionState): SectionView {
  const { texts, formats } = words;
  const changes = new Map((section.changes ?? []).map(change => [change.id, change]));
  const shown = new Set<string>();
  const rows = section.lines.flatMap(line => {
    const change = line.change === undefined ? undefined : changes.get(line.change);
    if (change === undefined) return [rowView(line, words, state)];
    if (shown.has(change.id)) return [];
    shown.add(change.id);
    const behind = section.lines.filter(each => each.change === change.id);
    return [changeView(change, behind, words)];
  });
  return {
    id: section.id,
    title: section.title,
    rows,
    subtotal: { label: texts.subtotal, value: formats.amount(section.subtotal) },
  };
}

/** One row for a change, the provider's folded under it where there are several. */
function changeView(change: FeeChange, behind: readonly BillLine[], { texts, formats }: BillWords): RowView {
  const rows = behind.map(({ label, quantity, unitPrice, amount }) =>
    [
      label,
      `${formats.number(quantity)} × ${unitPrice === null ? '' : formats.exactMoney(unitPrice)}`,
      formats.money(amount),
    ].join(' · '),
  );
  return {
    label: change.label,
    notes: [],
    quantity: change.quantity,
    price: change.unitPrice === null ? '' : formats.exactMoney(change.unitPrice),
    amount: formats.amount(change.amount),
    parts: [],
    folded: rows.length < 2 ? undefined : { title: texts.invoiceRows, rows },
  };
}

function rowView(line: BillLine, { locale, formats }: BillWords, { isOneLine }: SectionState): RowView {
  const colon = colonIn(locale);
  const printShare = moneyFor(line.shares, formats);
  const printPart = moneyFor(line.parts ?? [], formats);
  return {
    label: line.label,
    notes: [
      ...(line.text === undefined ? [] : [line.text]),
      ...line.shares.flatMap(({ number, text, amount }) => {
        if (isOneLine) return text ?? [];
        const own = line.shares.length > 1 ? [printShare(amount)] : [];
        const said = [...own, ...(text === undefined ? [] : [text])].join(', ');
        return [said === '' ? printPhone(number) : `${printPhone(number)}${colon} ${said}`];
      }),
    ],
    quantity: line.shown?.quantity ?? (line.billable === null ? '' : formats.number(line.quantity)),
    price: line.shown?.price ?? (line.unitPrice === null ? '' : formats.exactMoney(line.unitPrice)),
    amount: formats.amount(line.amount),
    parts: (line.parts ?? []).map(({ label, text, amount }) => `${label}${colon} ${text}, ${printPart(amount)}`),
    folded: undefined,
  };
}

type Print = (amount: string) => string;

/** One number of decimals for all amounts of a list: `42,195` beside `1 337,18` reads as forty-two thousand. */
function moneyFor(amounts: readonly { readonly amount: string }[], formats: BillWords['formats']): Print {
  const isFine = amounts.some(({ amount }) => decimal(amount).scale > minorDigits(formats.currency));
  return isFine ? formats.fineMoney : formats.money;
}

/** What each line comes to, rounded, and what is of no one line. */
export function perLineView(bill: BillDocument, { texts, formats }: BillWords) {
  if (bill.lines === undefined) return undefined;
  const digits = minorDigits(bill.currency);
  const lines = bill.lines.map(({ number, amount }) => ({ number, amount: roundHalfUp(decimal(amount), digits) }));
  const sum = lines.reduce((all, { amount }) => add(all, amount), ZERO);
  const rest = add(decimal(bill.totals.subtotal), times(sum, -1n));
  const further = lines.slice(MOST_LINES_SHOWN);
  const ofFurther = further.reduce((all, { amount }) => add(all, amount), ZERO);
  const money = (amount: Decimal) => formats.money(printDecimal(amount, digits));
  return {
    title: texts.perLine,
    rows: [
      ...lines.slice(0, MOST_LINES_SHOWN).map(({ number, amount }) => ({
        label: printPhone(number),
        value: formats.money(printDecimal(amount)),
      })),
      ...(further.length === 0
        ? []
        : [{ label: texts.furtherLines(formats.number(String(further.length))), value: money(ofFurther) }]),
      ...(isZero(rest) ? [] : [{ label: texts.notOfOneLine, value: formats.money(printDecimal(rest)) }]),
    ],
  };
}
