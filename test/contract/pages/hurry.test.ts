import { beforeEach, expect, test } from 'vitest';
import { hurry } from '#functions/pages/hurry.ts';
import { MessageItem, messageKey, orderMessage } from '#shared/notices/message.ts';
import type { Poke } from '#shared/platform/poke.ts';
import { sweep } from '#shared/platform/sweep.ts';
import { aBillContent } from '#test/builders/notices.ts';
import { useNoticeWorld } from '../notices/notice-world.ts';

const world = useNoticeWorld();
let message: ReturnType<typeof messageKey>;
const sent: Poke[] = [];

beforeEach(async () => {
  const account = await world.account();
  const order = { id: `code:${account.account}:1:sms`, channel: 'sms', content: aBillContent() } as const;
  await world.tables.ledger.transact([orderMessage(account, order, world.now)]);
  message = messageKey(account.account, order.id);
  sent.splice(0);
});

/** The pokes of the sweeper now. */
async function swept(): Promise<Poke[]> {
  const pokes: Poke[] = [];
  const poke = async (some: readonly Poke[]) => void pokes.push(...some);
  await sweep({ table: world.tables.ledger, clock: () => world.now, flushesPerDay: 1, poke });
  return pokes.filter(({ pk }) => pk === message.pk);
}

test('a message that is hurried is poked at once, and not by the sweeper as well', async () => {
  await hurry({ ledger: world.tables.ledger, send: async poke => void sent.push(poke) }, message, world.now);

  expect(sent).toEqual([{ kind: 'message', ...message }]);
  expect(await swept()).toEqual([]);
});

test('a message that the queue does not take is the sweeper’s next', async () => {
  const send = () => Promise.reject(new Error('The queue is gone.'));

  await expect(hurry({ ledger: world.tables.ledger, send }, message, world.now)).rejects.toThrow('The queue is gone.');

  const item = await world.tables.ledger.get(message, MessageItem);
  expect(item).toMatchObject({ state: 'queued', wakeAt: new Date(world.now).toISOString() });
  expect(item?.dueSince).toBeUndefined();
  expect(await swept()).toEqual([{ kind: 'message', ...message }]);
});
