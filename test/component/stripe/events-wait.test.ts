import { beforeAll, describe, expect, it } from 'vitest';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { DueFields, takeDue } from '#shared/platform/due.ts';
import { takeEvents } from '#shared/reactions/take-events.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { customerOf } from '#test/parts/account-looks.ts';
import { giveCard, useAccountWorld } from '#test/parts/account-world.ts';
import { eventServices, eventsSoFar, take } from '#test/parts/event-taking.ts';

const world = useAccountWorld();

beforeAll(async () => {
  await putAccount(world.services, 'acc-1', anAccount());
  await giveCard(world, await customerOf(world, 'acc-1'));
  await putLine(world.services, 'acc-1', 'line-1', aLine());
});

describe('an event while Stripe takes no calls', () => {
  it('waits in the due index for as long as that lasts, and is taken in then', async () => {
    // given
    const { services, counted } = eventServices(world);
    const [event] = await eventsSoFar(world, 'invoice.finalized');
    if (event === undefined) throw new Error('No invoice was finalised.');
    const key = { pk: `event#${event.id}`, sk: 'event' };
    const waiting = () => world.services.ledger.get(key, DueFields);
    const wakeUp = async () => {
      const item = await waiting();
      await world.moveTo(item?.wakeAt ?? '');
      await takeDue(world.services.ledger, key, item?.wakeAt ?? '', world.services.clock());
      const message = { id: `wake-${item?.failures}`, content: { kind: 'event' as const, ...key } };
      for (const outcome of (await takeEvents([message], services)).values()) {
        expect(outcome).toMatchObject({ status: 'fulfilled' });
      }
    };
    // when it refuses nine times, and a message is given up after five
    world.twin.planAnswers([{ call: 'GET /v1/invoices/{id}', status: 429, code: 'rate_limit', times: 9 }]);
    await take(services, event);
    const first = await waiting();
    for (let wakeUps = 1; wakeUps <= 8; wakeUps++) await wakeUp();
    const last = await waiting();
    await wakeUp();
    // then
    expect(first).toMatchObject({ failures: 1, wakeAt: '2026-11-01T00:01:00.000Z' });
    // 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60 + 60 minutes
    expect(last).toMatchObject({ failures: 9, wakeAt: '2026-11-01T04:03:00.000Z' });
    expect((await waiting())?.wakeAt).toBeUndefined();
    expect(
      await world.services.ledger.get({ pk: 'account#acc-1', sk: `bill#${event.object}` }, DueFields),
    ).toBeDefined();
    counted();
    await take(services, event);
    expect(counted()).toEqual(['EventsRepeated']);
  });

  it('an old wake-up of it changes nothing', async () => {
    const { services } = eventServices(world);
    const [event] = await eventsSoFar(world, 'invoice.finalized');
    world.forgetCalls();

    const content = { kind: 'event' as const, pk: `event#${event?.id}`, sk: 'event' };
    await takeEvents([{ id: 'old', content }], services);

    expect(world.calls()).toEqual([]);
  });
});
