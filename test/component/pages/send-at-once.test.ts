import { beforeEach, expect, test } from 'vitest';
import { sendAtOnce } from '#functions/pages/send-at-once.ts';
import { MessageItem, messageKey, orderMessage } from '#shared/messages/order/message.ts';
import { sweep } from '#shared/platform/sweep.ts';
import type { WakeUp } from '#shared/platform/wake-up.ts';
import { aBillContent } from '#test/builders/messages.ts';
import { useMessageWorld } from '../messages/message-world.ts';

const world = useMessageWorld();
let message: ReturnType<typeof messageKey>;
const sent: WakeUp[] = [];

beforeEach(async () => {
  const account = await world.account();
  const order = { id: `code:${account.account}:1:sms`, channel: 'sms', content: aBillContent() } as const;
  await world.tables.ledger.transact([orderMessage(account, order, world.now)]);
  message = messageKey(account.account, order.id);
  sent.splice(0);
});

/** The wake-ups of the sweeper now. */
async function swept(): Promise<WakeUp[]> {
  const wakeUps: WakeUp[] = [];
  const wakeUp = async (some: readonly WakeUp[]) => void wakeUps.push(...some);
  await sweep({ table: world.tables.ledger, clock: () => world.now, flushesPerDay: 1, wakeUp });
  return wakeUps.filter(({ pk }) => pk === message.pk);
}

test('a message that is hurried is poked at once, and not by the sweeper as well', async () => {
  await sendAtOnce({ ledger: world.tables.ledger, send: async wakeUp => void sent.push(wakeUp) }, message, world.now);

  expect(sent).toEqual([{ kind: 'message', ...message }]);
  expect(await swept()).toEqual([]);
});

test('a message that the queue does not take is the sweeper’s next', async () => {
  const send = () => Promise.reject(new Error('The queue is gone.'));

  await expect(sendAtOnce({ ledger: world.tables.ledger, send }, message, world.now)).rejects.toThrow(
    'The queue is gone.',
  );

  const item = await world.tables.ledger.get(message, MessageItem);
  expect(item).toMatchObject({ state: 'queued', wakeAt: new Date(world.now).toISOString() });
  expect(item?.dueSince).toBeUndefined();
  expect(await swept()).toEqual([{ kind: 'message', ...message }]);
});
