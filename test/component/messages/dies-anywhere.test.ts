import { expect, test } from 'vitest';
import type { MessageDependencies } from '#shared/messages/message-dependencies.ts';
import { MessageItem, messageKey } from '#shared/messages/order/message.ts';
import { orderCommand, ServiceItem, serviceKey } from '#shared/messages/order/service-command.ts';
import { sendMessage } from '#shared/messages/send-message.ts';
import { takeDue, wakeText } from '#shared/platform/due.ts';
import { DAY, HOUR, MINUTE } from '#shared/platform/instant.ts';
import { Table } from '#shared/platform/table.ts';
import { aBillContent } from '#test/builders/messages.ts';
import { Mortality } from '#test/parts/mortal.ts';
import { clientAt } from '#test/parts/tables.ts';
import { useMessageWorld } from './message-world.ts';

const world = useMessageWorld();

/** Services of one process that dies at a call it is told: of the table, of SES, of the operator's endpoint. */
function mortal(): { readonly mortality: Mortality; readonly services: MessageDependencies } {
  const mortality = new Mortality();
  const { mailer, operator, ...rest } = world.services;
  if (operator === undefined) throw new Error('There is an operator.');
  const table = new Table(mortality.watch(clientAt(world.tables.address)), 'ledger');
  return {
    mortality,
    services: { ...rest, table, mailer: mortality.port(mailer), operator: mortality.port(operator) },
  };
}

interface Death {
  readonly call: number;
  readonly moment: 'before' | 'after';
}

function deathsAt(calls: number): Death[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap(call => [
    { call, moment: 'before' as const },
    { call, moment: 'after' as const },
  ]);
}

// Message, account, the attempt, SES, the end.
const CALLS_OF_A_MAIL = 5;
// Message, account, the endpoint, the end.
const CALLS_OF_A_POST = 4;
// Service item, commands, two times endpoint and the command's end, the item's end.
const CALLS_OF_TWO_COMMANDS = 7;

const BILL = { id: 'bill:bill_1:email', channel: 'email', content: aBillContent() } as const;

test.each(deathsAt(CALLS_OF_A_MAIL))('a mail goes out once: dead $moment call $call', async death => {
  const { mortality, services } = mortal();
  const account = await world.account();
  await world.order(account, BILL);
  mortality.diesAt(death.call, death.moment);
  await world.runTo(world.now, services);
  mortality.lives();
  await world.runTo(world.now + DAY);

  expect(world.outbox.mails().filter(({ to }) => to === account.email)).toHaveLength(1);
  expect(await world.message(account, BILL.id)).toMatchObject({ state: 'delivered', failures: 0 });
});

test('a mail that nothing disturbs takes so many calls', async () => {
  const { mortality, services } = mortal();
  await world.order(await world.account(), BILL);
  mortality.lives();
  await world.runTo(world.now, services);

  expect(mortality.calls).toBe(CALLS_OF_A_MAIL);
});

test('the sender’s end is written although its lease was lost meanwhile', async () => {
  const account = await world.account();
  await world.order(account, BILL);
  const key = messageKey(account.account, BILL.id);
  await takeDue(world.tables.ledger, key, wakeText(world.now), world.now);
  const { mailer } = world.services;
  world.reportsWait = true;
  const slow: MessageDependencies = {
    ...world.services,
    mailer: {
      send: async mail => {
        // A doubled wake-up sees an attempt under way, and gives the message back until its report must be there.
        await sendMessage(world.services, key);
        return mailer.send(mail);
      },
    },
  };
  await sendMessage(slow, key);
  const sent = await world.tables.ledger.get(key, MessageItem);
  await world.runTo(world.now + DAY);

  expect(sent).toMatchObject({ state: 'sent', attempts: 1 });
  expect(world.outbox.mails().filter(({ to }) => to === account.email)).toHaveLength(1);
});

test('two senders of one lease send one mail', async () => {
  const account = await world.account();
  await world.order(account, BILL);
  const key = messageKey(account.account, BILL.id);
  await takeDue(world.tables.ledger, key, wakeText(world.now), world.now);
  await Promise.all([sendMessage(world.services, key), sendMessage(world.services, key)]);
  await world.runTo(world.now + DAY);

  expect(world.outbox.mails().filter(({ to }) => to === account.email)).toHaveLength(1);
  expect(await world.message(account, BILL.id)).toMatchObject({ state: 'delivered' });
});

test.each(deathsAt(CALLS_OF_A_POST))(
  'a text message reaches the operator once: dead $moment call $call',
  async death => {
    const { mortality, services } = mortal();
    const account = await world.account();
    const id = `bill:${account.account}:sms`;
    await world.order(account, { id, channel: 'sms', content: aBillContent() });
    mortality.diesAt(death.call, death.moment);
    await world.runTo(world.now, services);
    mortality.lives();
    await world.runTo(world.now + HOUR);

    expect(world.outbox.posts('sms').filter(post => post.id === id)).toHaveLength(1);
    expect(await world.message(account, id)).toMatchObject({ state: 'delivered' });
  },
);

test.each(deathsAt(CALLS_OF_TWO_COMMANDS))('commands come once and in order: dead $moment call $call', async death => {
  const { mortality, services } = mortal();
  const { account } = await world.account();
  const order = (action: 'throttle' | 'suspend') =>
    world.tables.ledger.transact(
      orderCommand({ account, line: 'line-1', action, cause: `${account}-d1:${action}` }, world.now),
    );
  await order('throttle');
  await order('suspend');
  mortality.diesAt(death.call, death.moment);
  await world.runTo(world.now, services);
  mortality.lives();
  await world.runTo(world.now + 10 * MINUTE);

  const commands = world.outbox.posts('command').filter(post => post.account === account);
  expect(commands.toReversed().map(({ action }) => action)).toEqual(['throttle', 'suspend']);
  const { wakeAt } = (await world.tables.ledger.get(serviceKey(account, 'line-1'), ServiceItem)) ?? {};
  expect(wakeAt).toBeUndefined();
});
