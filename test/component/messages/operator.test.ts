import { describe, expect, test } from 'vitest';
import { sendCode } from '#shared/access/access-code.ts';
import { sendCommands } from '#shared/messages/operator/send-commands.ts';
import { commandsOf, orderCommand, type ServiceAction, serviceKey } from '#shared/messages/order/service-command.ts';
import { sendMessage } from '#shared/messages/send-message.ts';
import { takeDue } from '#shared/platform/due.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { DAY, HOUR, MINUTE, printInstant } from '#shared/platform/instant.ts';
import { aBillContent, aDebtContent } from '#test/builders/messages.ts';
import { useMessageWorld } from './message-world.ts';

const world = useMessageWorld();
const bill = (channel: 'sms' | 'push' | 'paper') =>
  ({ id: `bill:bill_${channel}${world.now}:${channel}`, channel, content: aBillContent() }) as const;

async function casesAbout({ account }: { readonly account: string }) {
  const all = await Array.fromAsync(openIncidents(world.tables.ledger));
  return all.filter(({ subject }) => subject.pk === `account#${account}`).map(({ code }) => code);
}

/** `step`: `d1:slow`, the step of the account's first case. */
async function order(account: string, line: string, action: ServiceAction, step: string): Promise<void> {
  const cause = `${account}-${step}`;
  expect(await world.tables.ledger.transact(orderCommand({ account, line, action, cause }, world.now))).toBe(true);
}

function commandsTo(account: string) {
  return world.outbox
    .posts('command')
    .filter(post => post.account === account)
    .toReversed();
}

describe('what the operator carries', () => {
  test('has text and link, and counts as delivered when it is taken', async () => {
    const account = await world.account({
      address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' },
    });
    const orders = [bill('sms'), bill('push'), bill('paper')] as const;
    for (const one of orders) await world.order(account, one);
    await world.runTo(world.now + MINUTE);

    const link = `https://dunlin.example/b/${account.account}.${orders[0].content.bill}`;
    const text = `Dunlin: your November bill: €30.54, collected automatically on or after 1 Dec.\n${link}`;
    const common = { at: printInstant(world.now - MINUTE), account: account.account };
    expect(world.outbox.posts('sms')[0]).toEqual({
      ...common,
      id: orders[0].id,
      kind: 'sms',
      to: '+46701110000',
      text,
    });
    expect(world.outbox.posts('push')[0]).toMatchObject({ ...common, to: account.account, text });
    expect(world.outbox.posts('letter')[0]).toMatchObject({
      ...common,
      to: ['Example AB', 'Storgatan 1', '211 42 Malmö', 'Sweden'],
      bill: 'bill_1',
      pdf: `https://dunlin.example/b/letter.${account.account}.${orders[2].content.bill}.pdf`,
    });
    for (const { id } of orders) {
      expect(await world.message(account, id)).toMatchObject({ state: 'delivered', deliveredAt: world.now - MINUTE });
    }
  });

  test('is a letter with its text where there is no bill in it', async () => {
    const account = await world.account({
      address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' },
    });
    await world.order(account, {
      id: 'dunning:x:final:paper',
      channel: 'paper',
      content: aDebtContent('final-notice'),
    });
    await world.runTo(world.now + MINUTE);

    const [letter] = world.outbox.posts('letter');
    expect(letter).toMatchObject({ id: 'dunning:x:final:paper', text: expect.stringContaining('112') });
    expect(letter).not.toHaveProperty('pdf');
  });

  test('are codes of two accounts at one moment: each gets its own', async () => {
    const accounts = [await world.account({ phone: '+46701110001' }), await world.account({ phone: '+46701110002' })];
    const codes = ['111111', '222222'];
    for (const [index, account] of accounts.entries()) {
      await sendCode(
        { table: world.tables.ledger, secret: 'a secret of codes', now: world.now },
        { account, channel: 'sms', code: codes[index] ?? '', bill: { total: '30.54', currency: 'EUR' } },
      );
    }
    await world.runTo(world.now + MINUTE);

    const texts = accounts.map(({ phone }) => world.outbox.posts('sms').find(({ to }) => to === phone)?.text);
    expect(texts).toEqual([expect.stringContaining('111111'), expect.stringContaining('222222')]);
  });

  test('reaches the first number where the account names none, and is a case where there is none', async () => {
    const { phone: _, ...numberless } = await world.account();
    await world.tables.ledger.update(
      { pk: `account#${numberless.account}`, sk: 'account' },
      { set: { phone: undefined } },
    );
    const one = bill('sms');
    await world.order(numberless, one);
    await world.runTo(world.now + MINUTE);

    expect(await world.message(numberless, one.id)).toMatchObject({ state: 'queued', caseOpen: 'no-address' });
    expect(await casesAbout(numberless)).toEqual(['no-address']);
  });

  test.each(['silent-before', 'silent-after', 'throttles', 'fails', 'refuses'] as const)(
    'is posted again until it is taken, once for the operator: %s',
    async door => {
      const account = await world.account();
      const one = bill('sms');
      world.operatorDoor = door;
      await world.order(account, one);
      await world.runTo(world.now + HOUR);
      const waiting = await world.message(account, one.id);
      world.operatorDoor = 'takes';
      await world.runTo(world.now + HOUR);

      // After 1, 2, 4, 8, 16 and 32 minutes.
      expect(waiting).toMatchObject({ state: 'queued', failures: 6 });
      expect(world.outbox.posts('sms').filter(({ id }) => id === one.id)).toHaveLength(1);
      expect(await world.message(account, one.id)).toMatchObject({ state: 'delivered', failures: 0 });
    },
  );

  test('waits with a case where there is no endpoint, and goes when there is one', async () => {
    const account = await world.account();
    const one = bill('sms');
    await world.order(account, one);
    await world.runTo(world.now + MINUTE, { ...world.services, operator: undefined });
    const waiting = await world.message(account, one.id);
    await world.runTo(world.now + DAY);

    expect(waiting).toMatchObject({ state: 'queued', caseOpen: 'no-operator-endpoint' });
    expect(await casesAbout(account)).toEqual(['no-operator-endpoint']);
    expect(await world.message(account, one.id)).toMatchObject({ state: 'delivered' });
  });
});

describe('service commands', () => {
  test('reach the operator in order, also those of one moment', async () => {
    const { account } = await world.account();
    world.operatorDoor = 'fails';
    await order(account, 'line-1', 'suspend', 'd1:stop');
    await order(account, 'line-1', 'restore', 'd1:paid');
    await order(account, 'line-1', 'throttle', 'd1:slow');
    await world.runTo(world.now + 10 * MINUTE);
    const throttledAgain = world.now;
    await order(account, 'line-1', 'throttle', 'd2:slow');
    world.operatorDoor = 'takes';
    await world.runTo(world.now + HOUR);

    expect(commandsTo(account)).toEqual(
      (
        [
          ['throttle', 'd1:slow', throttledAgain - 10 * MINUTE],
          ['suspend', 'd1:stop', throttledAgain - 10 * MINUTE],
          ['restore', 'd1:paid', throttledAgain - 10 * MINUTE],
          ['throttle', 'd2:slow', throttledAgain],
        ] as const
      ).map(([action, step, at]) => ({
        id: `${account}-${step}:line-1:${action}`,
        at: printInstant(at),
        kind: 'command',
        account,
        line: 'line-1',
        action,
      })),
    );
    expect((await commandsOf(world.tables.ledger, account)).every(({ takenAt }) => takenAt !== undefined)).toBe(true);
  });

  test('of one line do not wait for those of another', async () => {
    const { account } = await world.account();
    await order(account, 'a', 'throttle', 'd1:slow');
    await order(account, 'b', 'throttle', 'd1:slow');
    await world.runTo(world.now + MINUTE);

    expect(commandsTo(account).map(({ line }) => line)).toEqual(expect.arrayContaining(['a', 'b']));
  });

  test('ordered while others are on their way go out as well', async () => {
    const { account } = await world.account();
    const key = serviceKey(account, 'line-1');
    await order(account, 'line-1', 'throttle', 'd1:slow');
    await takeDue(world.tables.ledger, key, new Date(world.now).toISOString(), world.now);
    const { operator } = world.services;
    if (operator === undefined) throw new Error('There is an operator.');
    // The second is ordered after the first run has looked, and before it is through.
    const slow = {
      post: async (post: Parameters<typeof operator.post>[0]) => {
        await order(account, 'line-1', 'suspend', 'd1:stop');
        await operator.post(post);
      },
    };
    await sendCommands({ ...world.services, operator: slow }, key);
    await world.runTo(world.now + MINUTE);

    expect(commandsTo(account).map(({ action }) => action)).toEqual(['throttle', 'suspend']);
  });

  test('are a case after a day, and go on', async () => {
    const { account } = await world.account();
    world.operatorDoor = 'silent-before';
    await order(account, 'line-1', 'restore', 'd1:paid');
    await world.runTo(world.now + 26 * HOUR);
    expect(await casesAbout({ account })).toEqual(['command-waits']);

    world.operatorDoor = 'takes';
    await world.runTo(world.now + HOUR);
    expect(commandsTo(account)).toHaveLength(1);
  });

  test('an old poke sends nothing', async () => {
    const account = await world.account();
    const one = bill('sms');
    await world.order(account, one);
    await order(account.account, 'line-1', 'restore', 'd1:paid');
    await sendMessage(world.services, { pk: `account#${account.account}`, sk: `message#${one.id}` });
    await sendCommands(world.services, serviceKey(account.account, 'line-1'));

    expect(commandsTo(account.account)).toEqual([]);
    expect(await world.message(account, one.id)).toMatchObject({ state: 'queued' });
  });
});
