import { describe, expect, test } from 'vitest';
import { sendCode } from '#shared/access/access-code.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { type DunningCase, noDunning } from '#shared/dunning/dunning-case.ts';
import { newDunningItem } from '#shared/dunning/dunning-item.ts';
import type { MessageOrder } from '#shared/messages/order/message.ts';
import { DAY, HOUR, MINUTE } from '#shared/platform/instant.ts';
import { aDebtContent } from '#test/builders/messages.ts';
import { useMessageWorld } from './message-world.ts';

const world = useMessageWorld();

function wentTo({ account, email }: AccountItem): number {
  const posts = world.outbox.posts('sms').filter(post => post.account === account);
  return posts.length + world.outbox.mails().filter(({ to }) => to === email).length;
}

async function orderCode(account: AccountItem, channel: 'email' | 'sms'): Promise<string> {
  const bill = { total: '30.54', currency: 'EUR' };
  const services = { table: world.tables.ledger, secret: 'a secret of codes', now: world.now };
  await sendCode(services, { account, channel, code: '123456', bill });
  return `code:${account.account}:1:${channel}`;
}

describe('a code', () => {
  test.each([
    // Tried at once and after 1, 3 and 7 minutes; the next time, after 15, it is over.
    ['taken in its last minutes', 6, true],
    ['taken too late', 8, false],
  ])('that nobody took is of use for ten minutes: %s', async (_, minutes, goes) => {
    const account = await world.account();
    const orderedAt = world.now;
    world.operatorDoor = 'fails';
    const id = await orderCode(account, 'sms');
    for (let minute = 1; minute <= 20; minute++) {
      if (minute > minutes) world.operatorDoor = 'takes';
      await world.runTo(orderedAt + minute * MINUTE);
    }

    const message = await world.message(account, id);
    expect(wentTo(account)).toBe(goes ? 1 : 0);
    expect(message).toMatchObject(
      goes
        ? { state: 'delivered', deliveredAt: orderedAt + 7 * MINUTE }
        : { state: 'queued', withdrawnAt: orderedAt + 15 * MINUTE },
    );
    expect(message.wakeAt).toBeUndefined();
  });

  test('of which SES says nothing is not sent again, and is no longer withdrawn when it had gone after all', async () => {
    const account = await world.account();
    const orderedAt = world.now;
    world.mailDoor = 'silent-after';
    world.reportsWait = true;
    const id = await orderCode(account, 'email');
    await world.runTo(orderedAt + 29 * MINUTE);
    const waiting = await world.message(account, id);
    world.mailDoor = 'takes';
    await world.runTo(orderedAt + HOUR);
    const withdrawn = await world.message(account, id);
    world.reportsWait = false;
    await world.takeReports();
    const reported = await world.message(account, id);

    expect([waiting.state, waiting.withdrawnAt]).toEqual(['unknown', undefined]);
    expect(withdrawn).toMatchObject({ state: 'unknown', withdrawnAt: orderedAt + 30 * MINUTE, attempts: 1 });
    expect([reported.state, reported.withdrawnAt]).toEqual(['delivered', undefined]);
    expect(wentTo(account)).toBe(1);
  });
});

/** The account's first case, as it stands. */
async function putCase({ account }: AccountItem, fields: Partial<DunningCase>): Promise<void> {
  await world.tables.ledger.put(newDunningItem({ ...noDunning(account), number: 1, openedAt: world.now, ...fields }));
}

function reminderOf({ account }: AccountItem, channel: 'email' | 'sms', fields: Partial<MessageOrder> = {}) {
  const id = `dunning:${account}-d1:reminder:${channel}`;
  return { id, channel, content: aDebtContent('reminder'), case: `${account}-d1`, step: 'reminder', ...fields };
}

describe.each(['email', 'sms'] as const)('what is said of a debt by %s', channel => {
  test.each([
    ['goes later while the case stands open', {}, true],
    ['is not said any more when the case is closed', { closedAt: 1, closedAs: 'paid' }, false],
    ['is not said any more when another case has opened', { number: 2 }, false],
  ] as const)('%s', async (_, fields, goes) => {
    const account = await world.account();
    const order = reminderOf(account, channel);
    await putCase(account, {});
    world.operatorDoor = 'fails';
    world.mailDoor = 'throttles';
    await world.order(account, order);
    await world.runTo(world.now + 5 * MINUTE);
    await putCase(account, fields);
    world.operatorDoor = 'takes';
    world.mailDoor = 'takes';
    await world.runTo(world.now + HOUR);

    const message = await world.message(account, order.id);
    expect(wentTo(account)).toBe(goes ? 1 : 0);
    expect(message.state).toBe(goes ? 'delivered' : 'queued');
    expect(message.withdrawnAt === undefined).toBe(goes);
    expect(message.wakeAt).toBeUndefined();
  });

  test('thanks go out when the case is closed', async () => {
    const account = await world.account();
    await putCase(account, { closedAt: world.now, closedAs: 'paid' });
    const content = { template: 'thanks', total: '30.54', currency: 'EUR', restored: false } as const;
    await world.order(
      account,
      reminderOf(account, channel, { id: `thanks:${account.account}-d1:${channel}`, content }),
    );
    await world.runTo(world.now + MINUTE);

    expect(wentTo(account)).toBe(1);
  });

  test('keeps to the window of its policy, the first time and when it was put off', async () => {
    // From 9 to 17 o'clock in Stockholm, which is 8 to 16 in winter; Monday to Friday.
    const window = { from: 540, to: 1020, days: [0, 1, 2, 3, 4], holidays: [] };
    const hours = { window, timezone: 'Europe/Stockholm' };
    const [early, late] = [await world.account(), await world.account()];
    for (const account of [early, late]) await putCase(account, {});
    // The next Friday, at 7:59.
    const friday = Date.UTC(2026, 11, 4);
    const week = Math.ceil((world.now - friday) / (7 * DAY)) * 7 * DAY;
    const day = friday + week;
    await world.runTo(day + 7 * HOUR + 59 * MINUTE);
    await world.order(early, reminderOf(early, channel, { hours }));
    await world.runTo(world.now);
    const before = wentTo(early);
    await world.runTo(day + 8 * HOUR);
    const after = wentTo(early);
    await world.runTo(day + 15 * HOUR + 59 * MINUTE);
    world.operatorDoor = 'fails';
    world.mailDoor = 'throttles';
    await world.order(late, reminderOf(late, channel, { hours }));
    await world.runTo(day + 16 * HOUR);
    world.operatorDoor = 'takes';
    world.mailDoor = 'takes';
    await world.runTo(day + 3 * DAY + 8 * HOUR - 1);
    const overTheWeekend = wentTo(late);
    await world.runTo(day + 3 * DAY + 8 * HOUR);

    expect([before, after]).toEqual([0, 1]);
    expect([overTheWeekend, wentTo(late)]).toEqual([0, 1]);
    expect(await world.message(late, reminderOf(late, channel).id)).toMatchObject({
      sentAt: day + 3 * DAY + 8 * HOUR,
    });
  });
});
