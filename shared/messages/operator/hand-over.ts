import * as z from 'zod';
import { ASLEEP, underLease } from '#shared/platform/due.ts';
import { Failure, Forbidden } from '#shared/platform/failure.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { MessageDependencies } from '../message-dependencies.ts';
import { type MessageItem, messageKey, postalAddress } from '../order/message.ts';
import { rescheduleMessage } from '../reschedule-message.ts';
import { type ComposedMessage, composeMessage } from '../wording/compose-message.ts';
import { messageText, plainSpaces } from '../wording/plain-text.ts';
import type { OperatorPost } from './operator.ts';
import { shortText } from './short-text.ts';

// Text messages, pushes and letters go to the operator's endpoint, which tells a repeat by its id. So silence needs no
// state of its own: the same post goes out again until it is taken.
//
//   queued ──▶ endpoint: post, id of the message ──▶ 2xx: delivered, asleep          if the lease is still held
//          ◀── 1, 2, 4 ... minutes, then every hour ◀── anything else

/** One run for a message that the operator carries, whose lease is held. */
export async function handOver(services: MessageDependencies, item: MessageItem): Promise<void> {
  const { table, clock, operator } = services;
  try {
    if (operator === undefined) throw new Forbidden('no-operator-endpoint', 'There is no endpoint to send this to.');
    const composed = await composeMessage(services, item);
    await operator.post(await postOf(services, item, composed));
    const at = z.encode(StoredInstant, clock());
    const { to, view } = composed;
    const done = { state: 'delivered', to, subject: plainSpaces(view.subject), sentAt: at, deliveredAt: at };
    const set = { ...done, failures: 0, caseOpen: undefined, ...ASLEEP };
    await table.update(messageKey(item.account, item.id), { set }, underLease(item));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await rescheduleMessage(services, item, error, { state: 'queued', condition: underLease(item) });
  }
}

async function postOf(
  services: MessageDependencies,
  item: MessageItem,
  { account, to, view }: ComposedMessage,
): Promise<OperatorPost> {
  const post = { id: item.id, at: printInstant(item.at), account: item.account };
  const subject = plainSpaces(view.subject);
  switch (item.channel) {
    case 'sms':
      return { ...post, kind: 'sms', to, text: shortText(view) };
    case 'push':
      return { ...post, kind: 'push', to, subject, text: shortText(view) };
    case 'paper': {
      const envelope = account.address === undefined ? [to] : postalAddress(account.name, account.address);
      const letter = { ...post, kind: 'letter', to: envelope, subject, text: messageText(view) } as const;
      if (item.content.template !== 'bill') return letter;
      const { bill } = item.content;
      return { ...letter, bill, pdf: (await services.links(item.at)).letter(item.account, bill) };
    }
    case 'email':
      throw new Error('Mails go by the mail service.');
    default:
      return item.channel satisfies never;
  }
}
