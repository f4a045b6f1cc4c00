import { describe, expect, test } from 'vitest';
import { messagesOf } from '#shared/messages/order/message.ts';
import { messageAnswer } from '#shared/messages/order/message-answer.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { DAY, HOUR, MINUTE } from '#shared/platform/instant.ts';
import { aBillContent, aBrand } from '#test/builders/messages.ts';
import { useMessageWorld } from './message-world.ts';

const world = useMessageWorld();
const BILL = { id: 'bill:bill_1:email', channel: 'email', content: aBillContent() } as const;

/** Mails that went to the account, newest first. */
function mailsTo({ email }: { readonly email: string }) {
  return world.outbox.mails().filter(({ to }) => to === email);
}

async function casesAbout(account: { readonly account: string }) {
  const all = await Array.fromAsync(openIncidents(world.tables.ledger));
  return all.filter(({ subject }) => subject.pk === `account#${account.account}`).map(({ code }) => code);
}

describe('a mail', () => {
  test('goes out once, and its message says when it arrived', async () => {
    const account = await world.account({ locale: 'nl' });
    const orderedAt = world.now;
    await world.order(account, BILL);
    await world.runTo(world.now + DAY);

    const [mail, ...more] = mailsTo(account);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      from: '"Dunlin" <billing@example.com>',
      subject: 'Dunlin: je rekening van november, € 30,54',
      attachments: [],
    });
    expect(mail?.text.split('\n')).toContain(`https://dunlin.example/b/${account.account}.bill_1`);
    expect(await world.message(account, BILL.id)).toMatchObject({
      state: 'delivered',
      attempts: 1,
      to: account.email,
      sentAt: orderedAt,
      deliveredAt: orderedAt,
    });
    expect((await messagesOf(world.tables.ledger, account.account)).map(messageAnswer)).toEqual([
      {
        id: 'bill:bill_1:email',
        at: new Date(orderedAt).toISOString().replace('.000', ''),
        channel: 'email',
        template: 'bill',
        locale: 'nl',
        to: account.email,
        state: 'delivered',
        subject: 'Dunlin: je rekening van november, € 30,54',
        case: null,
        step: null,
      },
    ]);
  });

  test('ordered twice is ordered once', async () => {
    const account = await world.account();

    expect(await world.order(account, BILL)).toBe(true);
    expect(await world.order(account, BILL)).toBe(false);
  });

  test('comes from the brand, which answers', async () => {
    world.brand = aBrand();
    const account = await world.account();
    await world.order(account, BILL);
    await world.runTo(world.now + MINUTE);

    expect(mailsTo(account)[0]).toMatchObject({
      from: '"Kestrel" <billing@example.com>',
      subject: 'Kestrel: your November bill, €30.54',
    });
  });

  test('that SES cannot take now goes later, with a case after a day', async () => {
    const account = await world.account();
    world.mailDoor = 'fails';
    await world.order(account, BILL);
    await world.runTo(world.now + 20 * HOUR);
    const before = await casesAbout(account);
    await world.runTo(world.now + 6 * HOUR);
    const after = await casesAbout(account);
    world.mailDoor = 'takes';
    await world.runTo(world.now + 2 * HOUR);

    expect([before, after]).toEqual([[], ['message-waits']]);
    expect(mailsTo(account)).toHaveLength(1);
    expect(await world.message(account, BILL.id)).toMatchObject({ state: 'delivered', failures: 0 });
  });

  test('more than SES takes at once get through in turn, within ten minutes', async () => {
    const account = await world.account();
    const ids = Array.from({ length: 20 }, (_, number) => `bill:bill_${number}:email`);
    world.mailDoor = 'throttles';
    for (const id of ids) await world.order(account, { ...BILL, id });
    await world.runTo(world.now);
    const turns = await Promise.all(ids.map(async id => (await world.message(account, id)).wakeAt));
    world.mailDoor = 'takes';
    await world.runTo(world.now + 10 * MINUTE);

    expect(new Set(turns).size).toBeGreaterThan(5);
    expect(mailsTo(account)).toHaveLength(20);
  });

  test.each(['silent-after', 'silent-before'] as const)('of which SES says nothing (%s) goes out once', async door => {
    const account = await world.account();
    const orderedAt = world.now;
    world.mailDoor = door;
    world.reportsWait = true;
    await world.order(account, BILL);
    await world.runTo(world.now + 5 * MINUTE);
    const waiting = await world.message(account, BILL.id);
    world.mailDoor = 'takes';
    world.reportsWait = false;
    await world.runTo(orderedAt + 2 * HOUR);

    expect(waiting).toMatchObject({ state: 'unknown', wakeAt: new Date(orderedAt + 30 * MINUTE).toISOString() });
    expect(mailsTo(account)).toHaveLength(1);
    expect(await world.message(account, BILL.id)).toMatchObject({
      state: 'delivered',
      attempts: door === 'silent-after' ? 1 : 2,
    });
  });

  test('of which SES says nothing for a day is shown to a person', async () => {
    const account = await world.account();
    world.mailDoor = 'silent-before';
    await world.order(account, BILL);
    await world.runTo(world.now + 25 * HOUR);

    expect(await casesAbout(account)).toEqual(['message-waits']);
    world.mailDoor = 'takes';
    await world.runTo(world.now + HOUR);
    expect(mailsTo(account)).toHaveLength(1);
  });

  test('that SES does not let us send is shown at once, and tried again every day', async () => {
    const account = await world.account();
    world.mailDoor = 'refuses';
    await world.order(account, BILL);
    await world.runTo(world.now + MINUTE);
    const refused = await world.message(account, BILL.id);
    world.mailDoor = 'takes';
    await world.runTo(world.now + DAY);

    expect(refused).toMatchObject({ state: 'queued', caseOpen: 'mail-refused' });
    expect(await casesAbout(account)).toEqual(['mail-refused']);
    expect(mailsTo(account)).toHaveLength(1);
  });

  test('to an address that can get none has bounced, and is not tried again', async () => {
    const account = await world.account({ email: 'nowhere@' });
    await world.order(account, BILL);
    await world.runTo(world.now + 3 * DAY);

    expect(await world.message(account, BILL.id)).toMatchObject({ state: 'bounced', attempts: 1 });
    expect(await casesAbout(account)).toEqual(['mail-address-refused']);
  });

  test('to a name with other letters reaches its domain', async () => {
    const account = await world.account({ email: `kim${world.now}@blåmes.example` });
    await world.order(account, BILL);
    await world.runTo(world.now + MINUTE);

    expect(await world.message(account, BILL.id)).toMatchObject({ state: 'delivered', to: account.email });
    expect(mailsTo({ email: account.email.replace('blåmes', 'xn--blmes-nra') })).toHaveLength(1);
  });

  test('that comes back is a case; that was complained of had arrived', async () => {
    const lost = await world.account({ email: 'bounce@simulator.amazonses.com' });
    const angry = await world.account({ email: 'complaint@simulator.amazonses.com' });
    await world.order(lost, BILL);
    await world.order(angry, BILL);
    await world.runTo(world.now + MINUTE);

    expect(await world.message(lost, BILL.id)).toMatchObject({ state: 'bounced' });
    expect((await world.message(lost, BILL.id)).deliveredAt).toBeUndefined();
    expect(await casesAbout(lost)).toEqual(['mail-bounced']);
    expect(await world.message(angry, BILL.id)).toMatchObject({ state: 'complained', deliveredAt: world.now - MINUTE });
  });

  test('goes to the address that the account has when it goes', async () => {
    const account = await world.account();
    world.mailDoor = 'throttles';
    await world.order(account, BILL);
    await world.runTo(world.now + MINUTE);
    await world.tables.ledger.update(
      { pk: `account#${account.account}`, sk: 'account' },
      { set: { email: `new-${account.email}` } },
    );
    world.mailDoor = 'takes';
    await world.runTo(world.now + HOUR);

    expect(mailsTo({ email: `new-${account.email}` })).toHaveLength(1);
    expect(await world.message(account, BILL.id)).toMatchObject({ to: `new-${account.email}` });
  });
});

describe('reports', () => {
  test('that come twice, late, or about somebody else’s mail change nothing and are counted', async () => {
    const account = await world.account();
    world.reportsWait = true;
    await world.order(account, BILL);
    await world.runTo(world.now + MINUTE);
    const [sent = '', delivered = ''] = world.reports;
    const stranger = delivered.replaceAll(/account\\":\[\\"[^\\]+/g, 'account\\":[\\"bm9ib2R5');
    const setUp = JSON.stringify({ Type: 'Notification', Message: 'Successfully validated SNS topic.' });
    world.reports.splice(0, 2, delivered, sent, delivered, stranger, setUp);
    world.reportsWait = false;
    await world.takeReports();

    expect(world.counted).toEqual(['FeedbackLate', 'FeedbackLate', 'FeedbackUnknown', 'FeedbackUnknown']);
    expect(await world.message(account, BILL.id)).toMatchObject({ state: 'delivered' });
  });

  test('of an absence note before the delivery: the mail has arrived, and nobody need look any more', async () => {
    const account = await world.account();
    world.reportsWait = true;
    await world.order(account, BILL);
    await world.runTo(world.now + MINUTE);
    const [sent = '', delivered = ''] = world.reports;
    const { Message, ...envelope } = JSON.parse(delivered);
    const { mail, delivery } = JSON.parse(Message);
    const bounce = { bounceType: 'Transient', bounceSubType: 'General', timestamp: delivery.timestamp };
    const note = JSON.stringify({ ...envelope, Message: JSON.stringify({ eventType: 'Bounce', mail, bounce }) });
    world.reports.splice(0, 2, sent, note, note);
    world.reportsWait = false;
    await world.takeReports();
    const noted = await world.message(account, BILL.id);
    world.reports.push(delivered);
    await world.takeReports();
    const after = await world.message(account, BILL.id);

    expect(noted).toMatchObject({ state: 'bounced', bounceFinal: false, caseOpen: 'mail-bounced' });
    expect(await casesAbout(account)).toEqual(['mail-bounced']);
    expect(after).toMatchObject({ state: 'delivered', deliveredAt: world.now - MINUTE });
    expect([after.bounceFinal, after.caseOpen]).toEqual([undefined, undefined]);
  });
});
