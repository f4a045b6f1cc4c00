import { isTaken } from '#shared/platform/due.ts';
import type { Key } from '#shared/platform/table.ts';
import { handOver } from './hand-over.ts';
import { MessageItem } from './message.ts';
import type { Noticing } from './noticing.ts';
import { sendMail } from './send-mail.ts';

/** Handles a poke of kind `message`. An old or doubled poke changes nothing. */
export async function sendMessage(services: Noticing, key: Key): Promise<void> {
  const item = await services.table.get(key, MessageItem);
  if (item === undefined || !isTaken(item)) return;
  await (item.channel === 'email' ? sendMail(services, item) : handOver(services, item));
}
