import * as z from 'zod';
import { MessageItem, messageKey } from '#shared/messages/order/message.ts';
import { progressOf } from '#shared/messages/order/message-progress.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Table } from '#shared/platform/table.ts';

/**
 * A bill was opened by its link, so the mail that carried it was opened. Only where it is known to have arrived: the
 * same link may stand in a text message too. Once per mail; a write that comes too late changes nothing.
 */
export async function noteOpened(table: Table, account: string, bill: string, now: Instant): Promise<void> {
  const key = messageKey(account, `bill:${bill}:email`);
  const message = await table.get(key, MessageItem, { consistent: false });
  if (message?.state !== 'delivered') return;
  const progress = progressOf(message, { type: 'opened' }, now);
  if (progress === undefined) return;
  await table.update(
    key,
    { set: { state: progress.state, openedAt: z.encode(StoredInstant, now) } },
    { expression: '#state = :seen', names: { '#state': 'state' }, values: { ':seen': message.state } },
  );
}
