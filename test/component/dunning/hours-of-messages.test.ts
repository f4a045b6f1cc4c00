import { expect, test } from 'vitest';
import { aPolicy } from '#test/builders/dunning.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { useDunningWorld } from '#test/parts/dunning-world.ts';

const world = useDunningWorld();

test('messages of a policy with a window keep to it wherever they wait; thanks are for any time by mail', async () => {
  // From 9 to 17 o'clock, every day; in Stockholm in winter that is 8 to 16 o'clock UTC.
  const window = { from: 540, to: 1020, days: [0, 1, 2, 3, 4, 5, 6], holidays: [] };
  world.policies = [aPolicy({ window })];
  const customer = await world.accountThatFails('acc-1', undefined, { timezone: 'Europe/Stockholm' });
  await world.runTo('2026-12-02T00:00:00Z');
  await giveCard(world.accounts, customer, 'pm_card_visa');
  await world.settle();

  const items = await world.messageItems('acc-1');
  expect(items.toReversed().map(({ step, at, hours }) => [step, at, hours])).toEqual([
    ['notice', Date.UTC(2026, 11, 1, 8), { window, timezone: 'Europe/Stockholm' }],
    ['thanks', Date.UTC(2026, 11, 2), undefined],
  ]);
});
