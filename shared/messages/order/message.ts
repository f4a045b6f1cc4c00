import * as z from 'zod';

import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { CHANNEL_NAMES, CHANNELS, type Channel } from '#shared/contact/channels.ts';
import { addressLines } from '#shared/locale/address.ts';
import { LOCALES, type Locale } from '#shared/locale/locales.ts';

import { DueFields, NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { ABSENT, type Key, type Table, type Write } from '#shared/platform/table.ts';
import { MessageContent } from './message-content.ts';
import { SendingHours } from './next-opening.ts';

/**
 * `sending`: handed over, the answer is not known yet. `unknown`: it may have gone, which is found out (`send-mail.ts`).
 * From `sent` on states only go forward (`message-progress.ts`).
 */
export const MESSAGE_STATES = [
  'queued',
  'sending',
  'unknown',
  'sent',
  'delivered',
  'bounced',
  'opened',
  'complained',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** `account#<a>` / `message#<id>`: one message on one channel, from the decision to send it. A due item. */
export const MessageItem = DueFields.extend({
  kind: z.literal('message'),
  account: z.string(),
  id: z.string(),
  channel: z.enum(CHANNEL_NAMES),
  content: MessageContent,
  /** When it was ordered. Links in it count their time from here, so that a repeat carries the same ones. */
  at: StoredInstant,
  locale: z.enum(LOCALES),
  /** Mail address, phone number, account, or postal address; of the last attempt, before that of the order. */
  to: z.string().optional(),
  /** Of the last attempt. */
  subject: z.string().optional(),
  state: z.enum(MESSAGE_STATES),
  /** Of dunning: which case, and which of its steps. */
  case: z.string().optional(),
  step: z.string().optional(),
  /** When it may go out; left out: at any time. */
  hours: SendingHours.optional(),
  /** How often it was handed over to the mail service, and when last; written before that. */
  attempts: z.int().nonnegative().default(0),
  attemptedAt: StoredInstant.optional(),
  /** The carrier's own id of it. */
  transport: z.string().optional(),
  sentAt: StoredInstant.optional(),
  /** The only proof that it arrived; what the operator's endpoint took counts as delivered. */
  deliveredAt: StoredInstant.optional(),
  openedAt: StoredInstant.optional(),
  /** It had not gone, and is not sent any more: what it says is over. The state stays as it was. */
  withdrawnAt: StoredInstant.optional(),
  /** Of `bounced`: the address takes no mail. `false`: it may have arrived all the same. */
  bounceFinal: z.boolean().optional(),
});
export type MessageItem = z.output<typeof MessageItem>;

export interface MessageOrder {
  /**
   * Made from domain ids: `bill:<bill>:<channel>`, `first-invoice:<invoice>:<channel>`,
   * `dunning:<case>:<step>:<channel>`, `thanks:<case>:<channel>`, `code:<account>:<revision>:<channel>`. Unique among
   * all accounts: the operator takes each id once.
   */
  readonly id: string;
  readonly channel: Channel;
  readonly content: MessageContent;
  readonly case?: string | undefined;
  readonly step?: string | undefined;
  readonly hours?: SendingHours | undefined;
}

const MESSAGE_PREFIX = 'message#';

export function messageKey(account: string, id: string): Key {
  return { pk: `account#${account}`, sk: `${MESSAGE_PREFIX}${id}` };
}

/**
 * The write that orders a message, for the transaction of the state change that it tells of: both happen or neither,
 * and so each message is ordered once. It fails the transaction as a whole when the message was ordered before.
 */
export function orderMessage(account: AccountItem, order: MessageOrder, now: Instant): Write {
  const key = messageKey(account.account, order.id);
  const item = z.encode(MessageItem, {
    kind: 'message',
    account: account.account,
    id: order.id,
    channel: order.channel,
    content: order.content,
    at: now,
    locale: account.locale,
    to: addressFor(order.channel, account),
    state: 'queued',
    case: order.case,
    step: order.step,
    hours: order.hours,
    attempts: 0,
    ...NEVER_TAKEN,
  });
  return { put: { ...key, ...item, ...wakesAt(key, now) }, condition: ABSENT };
}

/** Where the account wants to be reached by a channel, by what it says of itself; `undefined`: it does not say. */
export function addressFor(channel: Channel, account: AccountItem): string | undefined {
  const { address } = CHANNELS[channel];
  switch (address) {
    case 'email':
      return account.email;
    case 'phone':
      return account.phone;
    case 'account':
      return account.account;
    case 'postal':
      return account.address && postalAddress(account.name, account.address, account.locale).join(', ');
    default:
      return address satisfies never;
  }
}

/** The lines of an envelope, in the order of the country, whose name stands last. */
export function postalAddress(name: string, address: NonNullable<AccountItem['address']>, locale: Locale): string[] {
  return [name, ...addressLines(address, locale)];
}

/** The account's messages, newest first. Strongly consistent. */
export async function messagesOf(table: Table, account: string): Promise<MessageItem[]> {
  const range = { pk: `account#${account}`, beginsWith: MESSAGE_PREFIX, consistent: true };
  const items = await Array.fromAsync(table.query(range, MessageItem));
  return items.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}
