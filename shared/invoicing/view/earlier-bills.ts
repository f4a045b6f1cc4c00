import { add, decimal, printDecimal, ZERO } from '#shared/money/decimal.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { ItemOfBill } from '../objects/bill-item.ts';
import type { Labelled } from './bill-view.ts';
import type { BillWords } from './bill-words.ts';
import { isSettled, standingOf } from './standing.ts';
import { standingText } from './standing-text.ts';

/** A bill before this one: what is open of it, else what it came to, and where it stood. */
export interface EarlierBill {
  readonly number: string;
  readonly amount: string;
  /** In the subscriber's language. */
  readonly standing: string;
  readonly isOpen: boolean;
}

/** Whoever owes more bills than these knows without a list. */
const MOST_SHOWN = 12;

/**
 * What a bill says of those before it, as they stood at a moment: every one that is open, the oldest first, and the last
 * one where it was paid. `bills` newest first.
 */
export function earlierBills(
  bills: readonly ItemOfBill[],
  current: { readonly issuedAt: Instant; readonly timezone: string },
  words: Pick<BillWords, 'texts' | 'formats'>,
  at: Instant,
): EarlierBill[] {
  const earlier = bills.filter(({ bill }) => bill.issuedAt < current.issuedAt);
  const seen = earlier.map(item => earlierBill(item, current.timezone, words, at));
  const open = seen.filter(each => each?.isOpen).slice(-MOST_SHOWN);
  const last = seen[0]?.isOpen === false ? [seen[0]] : [];
  return [...last, ...open.toReversed()].filter(each => each !== undefined);
}

function earlierBill(
  { bill, standing }: ItemOfBill,
  timezone: string,
  words: Pick<BillWords, 'texts' | 'formats'>,
  at: Instant,
): EarlierBill | undefined {
  const asked = bill.asked ?? bill.total;
  const now = standing && asOf(standing, asked, at);
  const terms = { dueAt: bill.dueAt, timezone, isAutomatic: bill.automatic ?? true, asked };
  const found = standingOf(terms, now && { at, now });
  if (found.is === 'cancelled' || found.is === 'written-off') return undefined;
  const isOpen = now?.status === 'open' && !isSettled(now.due);
  return {
    number: bill.number,
    amount: isOpen ? now.due : bill.total,
    standing: standingText(found, words),
    isOpen,
  };
}

/** A payment that came after the moment was not there yet. */
function asOf(standing: NonNullable<ItemOfBill['standing']>, asked: string, at: Instant) {
  const { status, paidAt } = standing;
  if (status !== 'paid' || paidAt === undefined || paidAt <= at) return standing;
  return { ...standing, status: 'open' as const, due: asked };
}

/** For page and paper; `undefined`: there was none. @param due what is to pay of this one */
export function beforeView(
  earlier: readonly EarlierBill[] | undefined,
  due: string,
  { texts, formats }: Pick<BillWords, 'texts' | 'formats'>,
): { readonly title: string; readonly rows: readonly Labelled[] } | undefined {
  if (earlier === undefined || earlier.length === 0) return undefined;
  const open = earlier.filter(({ isOpen }) => isOpen).map(({ amount }) => decimal(amount));
  const owed = isSettled(due) ? open : [...open, decimal(due)];
  const together = owed.reduce((sum, amount) => add(sum, amount), ZERO);
  return {
    title: texts.before,
    rows: [
      ...earlier.map(({ number, amount, standing }) => ({
        label: `${texts.bill} ${number}`,
        value: `${formats.money(amount)} · ${standing}`,
      })),
      ...(open.length > 0 && owed.length > 1
        ? [{ label: texts.owedTogether, value: formats.money(printDecimal(together)) }]
        : []),
    ],
  };
}
