import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import { formatsOf } from '#shared/locale/formats.ts';
import { decimal, isZero } from '#shared/money/decimal.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';

/** How much and by when, without what for: for a visitor who has not shown yet that the bill may be seen. */
export interface PaymentStatusView {
  readonly label: string;
  readonly total: string;
  readonly status: string;
}

export function paymentStatusView(
  { locale, timezone }: Pick<AccountItem, 'locale' | 'timezone'>,
  { bill, standing: paymentStatus }: ItemOfBill,
  now: Instant,
): PaymentStatusView {
  const texts = textsOf(locale);
  const { money, day } = formatsOf(locale, bill.currency, timezone);
  const due = paymentStatus?.due ?? bill.total;
  if (paymentStatus?.status === 'open' && !isZero(decimal(due))) {
    // As the bill says it: an automatic charge is tried until then.
    const late = now > bill.dueAt + 2 * DAY;
    const status = late ? texts.overdueSince(day(bill.dueAt)) : texts.dueOn(day(bill.dueAt));
    return { label: texts.toPay, total: money(due), status };
  }
  const { label, total } = { label: texts.total, total: money(bill.total) };
  const status = paymentStatus?.status;
  switch (status) {
    case 'void':
      return { label, total, status: texts.cancelled };
    case 'uncollectible':
      return { label, total, status: texts.writtenOff };
    case 'paid':
      return {
        label,
        total,
        status: paymentStatus?.paidAt === undefined ? texts.nothingToPay : texts.paidOn(day(paymentStatus.paidAt)),
      };
    case 'open':
    case undefined:
      return { label, total, status: texts.nothingToPay };
    default:
      return status satisfies never;
  }
}
