import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { CHANNELS, channelsOf } from '#shared/contact/channels.ts';

import { orderMessage } from '#shared/messages/order/message.ts';
import type { MessageContent } from '#shared/messages/order/message-content.ts';
import { quietHours } from '#shared/messages/order/quiet-hours.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Write } from '#shared/platform/table.ts';
import type { BillDocument } from '../document/bill-document.ts';
import type { PaymentStatus } from '../objects/bill-item.ts';

/**
 * What is sent when a bill is issued: one message by each way in which the account wants its bills; the portal needs
 * none. A first bill that the subscriber has to pay is told of by the link to pay it (`send-pay-link.ts`), which leads to
 * the bill as well: only paper comes beside it. Periods end at night: mails go at once, texts and pushes wait for the morning. For the transaction that issues
 * the bill, so that a bill built twice is told of once.
 */
export function billMessages(
  account: AccountItem,
  bill: BillDocument,
  paymentStatus: PaymentStatus,
  now: Instant,
): Write[] {
  // A first invoice is charged before it is final: one that is open then waits for the subscriber.
  const isByHand = paymentStatus.collection === 'by-hand';
  const content: MessageContent = {
    template: 'bill',
    bill: bill.id,
    number: bill.number,
    first: bill.changes === null,
    period: { start: Date.parse(bill.period.start), end: Date.parse(bill.period.end) },
    total: bill.totals.total,
    due: paymentStatus.due,
    currency: bill.currency,
    dueAt: Date.parse(bill.dueAt),
    status: paymentStatus.status === 'paid' ? 'paid' : 'open',
    automatic: bill.payment.methods.includes('automatic') && !isByHand,
  };
  const channels = channelsOf(account.delivery).filter(channel => !(isByHand && CHANNELS[channel].opensLinks));
  return channels.map(channel =>
    orderMessage(
      account,
      { id: `bill:${bill.id}:${channel}`, channel, content, hours: quietHours(channel, account) },
      now,
    ),
  );
}
