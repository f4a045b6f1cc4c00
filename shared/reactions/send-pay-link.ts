import { findAccount } from '#shared/accounts/account-book.ts';

import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { CHANNELS, type Channel, channelsOf } from '#shared/contact/channels.ts';
import { waitsForPayment } from '#shared/dunning/is-owed.ts';
import { billId } from '#shared/invoicing/objects/bill-item.ts';
import { orderMessage } from '#shared/messages/order/message.ts';
import { majorOf } from '#shared/money/minor-units.ts';
import type { AccountReaction } from './reaction.ts';

/**
 * The first invoice of a subscription is final and unpaid, so its lines wait: a link to pay it is sent, once by each
 * way that carries one, and with it one to the bill, which is not told of again. A repeat of the event finds the message there; an invoice that was paid meanwhile is not news, nor
 * one that is being debited: who paid it by a link as well would pay twice. Should the debit fail, that is an event.
 */
export const sendPayLink: AccountReaction = async (event, { ledger, clock, objects }) => {
  const invoice = await event.invoice();
  if (invoice?.subscription === undefined || invoice.status !== 'open' || invoice.remaining <= 0n) return;
  if (!waitsForPayment(invoice)) return;
  if ((await objects.subscription(invoice.subscription))?.isUnpaid !== true) return;
  const account = await findAccount(ledger, event.account);
  if (account === undefined) return;
  const content = {
    template: 'first-invoice',
    invoice: invoice.id,
    bill: billId(invoice.id),
    total: majorOf(invoice.remaining, invoice.currency),
    currency: invoice.currency,
  } as const;
  for (const channel of waysOfLinks(account)) {
    const id = payLinkId(invoice.id, channel);
    await ledger.transact([orderMessage(account, { id, channel, content }, clock())]);
  }
};

/** Of the message: one for each invoice and way. */
export function payLinkId(invoice: string, channel: Channel): string {
  return `first-invoice:${invoice}:${channel}`;
}

/** A link on paper does not help; an account that wants only paper or the portal gets a mail. */
function waysOfLinks({ delivery }: AccountItem): readonly Channel[] {
  const ways = channelsOf(delivery).filter(channel => CHANNELS[channel].opensLinks);
  return ways.length === 0 ? ['email'] : ways;
}
