import { accountOf, linesOf } from '#shared/accounts/account-book.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { bankAccountOf } from '#shared/catalog/brand.ts';
import { Conflict } from '#shared/platform/failure.ts';
import { senderOf } from '../mail/sender.ts';
import type { MessageDependencies } from '../message-dependencies.ts';
import { asItStands } from '../order/bill-now.ts';
import { addressFor, type MessageItem } from '../order/message.ts';
import type { MessageContent } from '../order/message-content.ts';
import { type MessageView, messageView } from './message-view.ts';

/** A message in words, and where it goes. */
export interface ComposedMessage {
  readonly account: AccountItem;
  readonly to: string;
  readonly view: MessageView;
}

/**
 * Says the message in the account's language and brand of now; its links are those of the moment at which it was
 * ordered, so that a repeat carries the same ones.
 * @throws Conflict `no-address`: the account cannot be reached by this channel as things are
 */
export async function composeMessage(services: MessageDependencies, item: MessageItem): Promise<ComposedMessage> {
  const account = await accountOf(services.table, item.account);
  const to = await addressOf(services, item, account);
  if (to === undefined) throw new Conflict('no-address', 'The account has no address for this channel.');
  const brand = await services.brandOf(account, item.at);
  const sender = senderOf(brand, account, services.mailFrom);
  const bank = brand && bankAccountOf(brand, account.address?.country, item.content.currency);
  const links = await services.links(item.at);
  const own = await services.ownTexts(account.locale, item.at);
  const content = await contentOf(services, item);
  return { account, to, view: messageView({ account, content, sender, bank, links, own }) };
}

/** Of a message that waited for the morning what is so now; a mail says the same whenever it goes. */
async function contentOf(
  { standingOf }: MessageDependencies,
  { content, hours }: MessageItem,
): Promise<MessageContent> {
  if (content.template !== 'bill' || hours === undefined) return content;
  return asItStands(content, await standingOf(content.bill));
}

/** Text messages reach a subscriber on the first of its numbers where the account names none. */
async function addressOf(
  { table }: MessageDependencies,
  { channel }: MessageItem,
  account: AccountItem,
): Promise<string | undefined> {
  const own = addressFor(channel, account);
  if (own !== undefined || channel !== 'sms') return own;
  return (await linesOf(table, account.account)).find(({ state }) => state !== 'ended')?.msisdn;
}
