import * as z from 'zod';
import type { DueRun } from '#shared/platform/due-work.ts';
import { Forbidden } from '#shared/platform/failure.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { MessageDependencies } from '../message-dependencies.ts';
import { type MessageItem, postalAddress } from '../order/message.ts';
import { openingOf } from '../order/next-opening.ts';
import { type ComposedMessage, composeMessage } from '../wording/compose-message.ts';
import { letterText, plainSpaces } from '../wording/plain-text.ts';
import type { OperatorPost } from './operator.ts';
import { shortText } from './short-text.ts';

// Text messages, pushes and letters go to the operator's endpoint, which tells a repeat by its id. So silence needs no
// state of its own: the same post goes out again until it is taken.
//
//   queued ──▶ endpoint: post, id of the message ──▶ 2xx: delivered, asleep          if the lease is still held
//          ◀── 1, 2, 4 ... minutes, then every hour ◀── anything else

/** One run for a message that the operator carries. @throws Failure: it did not go, or perhaps, and stays queued */
export async function handOver(services: MessageDependencies, run: DueRun<MessageItem>): Promise<void> {
  const { clock, operator } = services;
  if (operator === undefined) throw new Forbidden('no-operator-endpoint', 'There is no endpoint to send this to.');
  const composed = await composeMessage(services, run.item);
  await operator.post(await postOf(services, run.item, composed));
  const at = z.encode(StoredInstant, clock());
  const subject = plainSpaces(composed.view.subject);
  await run.finish({ set: { state: 'delivered', to: composed.to, subject, sentAt: at, deliveredAt: at } });
}

async function postOf(
  services: MessageDependencies,
  item: MessageItem,
  { account, to, view }: ComposedMessage,
): Promise<OperatorPost> {
  // Not when it was ordered: what was ordered at night waited for the morning.
  const post = { id: item.id, at: printInstant(openingOf(item.hours, item.at)), account: item.account };
  const subject = plainSpaces(view.subject);
  switch (item.channel) {
    case 'sms':
      return { ...post, kind: 'sms', to, text: shortText(view) };
    case 'push':
      return { ...post, kind: 'push', to, subject, text: shortText(view) };
    case 'paper': {
      const envelope =
        account.address === undefined ? [to] : postalAddress(account.name, account.address, account.locale);
      const withBill = item.content.template === 'bill';
      const letter = { ...post, kind: 'letter', to: envelope, subject, text: letterText(view, { withBill }) } as const;
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
