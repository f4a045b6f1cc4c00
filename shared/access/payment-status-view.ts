import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import { isSettled, standingOf } from '#shared/invoicing/view/standing.ts';
import { standingText } from '#shared/invoicing/view/standing-text.ts';
import { formatsOf } from '#shared/locale/formats.ts';
import type { Instant } from '#shared/platform/instant.ts';

/** How much and by when, without what for: for a visitor who has not shown yet that the bill may be seen. */
export interface PaymentStatusView {
  readonly label: string;
  readonly total: string;
  readonly status: string;
}

export function paymentStatusView(
  { locale, timezone, collection }: Pick<AccountItem, 'locale' | 'timezone' | 'collection'>,
  { bill, standing: paymentStatus }: ItemOfBill,
  now: Instant,
): PaymentStatusView {
  const words = { texts: textsOf(locale), formats: formatsOf(locale, bill.currency, timezone) };
  const { texts, formats } = words;
  const terms = {
    dueAt: bill.dueAt,
    timezone,
    isAutomatic: bill.automatic ?? collection === 'automatic',
    asked: bill.asked ?? bill.total,
  };
  const standing = standingOf(terms, paymentStatus && { at: now, now: paymentStatus });
  const due = paymentStatus?.due ?? bill.total;
  const isOpen = paymentStatus?.status === 'open' && !isSettled(due);
  return {
    label: isOpen ? texts.toPay : texts.total,
    total: formats.money(isOpen ? due : bill.total),
    status: standingText(standing, words),
  };
}
