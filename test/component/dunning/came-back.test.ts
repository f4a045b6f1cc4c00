import { expect, test } from 'vitest';
import { messageKey } from '#shared/messages/order/message.ts';
import { aPolicy } from '#test/builders/dunning.ts';
import { useDunningWorld } from '#test/parts/dunning-world.ts';

const world = useDunningWorld();

test('nothing is taken away after a notice that had arrived and came back all the same', async () => {
  world.policies = [aPolicy()];
  await world.accountThatFails('acc-1');
  await world.runTo('2026-12-07T00:00:00Z');
  // The case has seen on the 6th that the notice of the 1st arrived: throttling is due on the 9th.
  const [seen] = (await world.caseOf('acc-1')).notices;
  world.mailArrives = false;
  for (const { id } of await world.messageItems('acc-1')) {
    await world.services.table.update(messageKey('acc-1', id), { set: { state: 'bounced', deliveredAt: undefined } });
  }
  await world.runTo('2026-12-09T02:00:00Z');

  expect(seen).toMatchObject({ step: 'notice', deliveredAt: Date.UTC(2026, 11, 1, 1) });
  expect(await world.commands('acc-1')).toEqual([]);
});
