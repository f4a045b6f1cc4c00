import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { signLink } from '#shared/access/link-token.ts';
import { linksAt } from '#shared/access/links.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { MessageItem, messageKey, orderMessage } from '#shared/messages/order/message.ts';
import { DAY, HOUR, MINUTE } from '#shared/platform/instant.ts';
import { aBillContent } from '#test/builders/messages.ts';
import { ADDRESS, CODE, LINK_SECRET, usePageWorld } from '#test/parts/page-world.ts';

const SENT = Date.UTC(2026, 10, 1);
const WRONG = '000000';

const world = usePageWorld();
let account: AccountItem;
let bill: string;
let path: string;
let made = 0;

beforeEach(async () => {
  made += 1;
  const id = `acc-${made}`;
  account = await world.anAccount(id, { phone: '+46701112233', name: 'Kim Larsson', email: 'kim@mail.example.com' });
  bill = await world.aBillOf(account, await world.anInvoiceOf(account));
  path = new URL(linksAt(ADDRESS, LINK_SECRET)(SENT).bill(id, bill)).pathname;
  world.brand = { secondFactor: 'email' };
});

afterEach(() => {
  world.brand = {};
  world.later = 0;
  world.hurried.splice(0);
});

const askForCode = () => world.visit({ method: 'POST', to: `${path}/code`, form: {} });
const enter = (code: string, cookies: string[] = []) => world.visit({ to: path, form: { code }, cookies });

/** As a browser sends it back. */
async function session(): Promise<string> {
  await askForCode();
  const { cookies } = await enter(CODE);
  return cookies[0]?.split(';')[0] ?? '';
}

describe('a bill of a brand that asks for a second factor', () => {
  it('shows how much and by when, and of the name the first letters', async () => {
    const page = await world.visit(path);

    expect(page.status).toBe(200);
    expect(page.text).toContain('€12.50');
    expect(page.text).toContain('Due 15 December 2026');
    expect(page.text).toContain('For K••• L•••');
    expect(page.text).toContain('Send a code to k•••@m•••.com');
    expect(page.text).not.toMatch(/Larsson|kim@|Something|\/pay\/|\.pdf/);
  });

  test.each(['.pdf', '.csv', '.sheet.csv'])('keeps its %s back', async suffix => {
    const page = await world.visit(path + suffix);

    expect([page.status, page.headers.location, page.text]).toEqual([303, path, '']);
  });

  describe('printed as a letter', () => {
    const letter = () => new URL(linksAt(ADDRESS, LINK_SECRET)(SENT).letter(account.account, bill)).pathname;

    it('is there for the print house, for as long as the bill itself', async () => {
      const page = await world.visit(letter());
      world.later = 180 * DAY;
      const late = await world.visit(letter());

      expect([page.status, page.headers['content-type'], page.text]).toEqual([
        200,
        'application/pdf',
        '%PDF-1.7 a bill',
      ]);
      expect(late.status).toBe(410);
    });

    it('is not the page, not the table, and sends no codes', async () => {
      const token = letter().replace('.pdf', '');
      const pages = [
        await world.visit(token),
        await world.visit(`${token}.csv`),
        await world.visit({ method: 'POST', to: `${token}/code`, form: {} }),
        await world.visit({ to: token, form: { code: CODE } }),
      ];

      expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(world.hurried).toEqual([]);
    });

    it('does not count as opened by the subscriber', async () => {
      const { ledger } = world.services;
      const order = { id: `bill:${bill}:email`, channel: 'email', content: aBillContent({ bill }) } as const;
      await ledger.transact([orderMessage(account, order, SENT)]);
      await ledger.update(messageKey(account.account, order.id), { set: { state: 'delivered' } });

      await world.visit(letter());

      expect(await ledger.get(messageKey(account.account, order.id), MessageItem)).toMatchObject({
        state: 'delivered',
      });
    });
  });

  it('sends a code at once, by mail', async () => {
    const page = await askForCode();
    const [key] = world.hurried;

    expect([page.status, page.headers.location]).toEqual([303, `${path}?sent`]);
    expect(key).toEqual({ pk: `account#${account.account}`, sk: `message#code:${account.account}:1:email` });
    expect(key && (await world.services.ledger.get(key, MessageItem))).toMatchObject({
      channel: 'email',
      to: 'kim@mail.example.com',
      state: 'queued',
      content: { template: 'code', code: CODE, minutes: 10 },
    });
    for (const query of ['sent', 'sent=', 'sent=&utm_source=mail']) {
      expect((await world.visit(`${path}?${query}`)).text).toContain('name="code"');
    }
    expect((await world.visit(path)).text).not.toContain('name="code"');
  });

  it.each([
    ['its own number', { phone: '+46701112233' }, 'sms', '+46 ••• 33'],
    ['no number at all', {}, 'email', 'k•••@m•••.com'],
  ])('sends it by text message where the brand says so, to an account with %s', async (_, fields, channel, to) => {
    world.brand = { secondFactor: 'sms' };
    const id = `acc-sms-${made}`;
    account = await world.anAccount(id, { email: 'kim@mail.example.com', ...fields });
    bill = await world.aBillOf(account, await world.anInvoiceOf(account));
    path = new URL(linksAt(ADDRESS, LINK_SECRET)(SENT).bill(id, bill)).pathname;

    const page = await world.visit(path);
    await askForCode();

    expect(page.text.replaceAll('\u00a0', ' ')).toContain(`Send a code to ${to}`);
    expect(world.hurried.map(({ sk }) => sk)).toEqual([`message#code:${id}:1:${channel}`]);
  });

  it('is shown with its files to who enters the code, for half an hour', async () => {
    await askForCode();
    const entered = await enter(`${CODE.slice(0, 3)} ${CODE.slice(3)}`);
    const [cookie = ''] = entered.cookies;
    const cookies = [cookie.split(';')[0] ?? ''];

    expect([entered.status, entered.headers.location]).toEqual([303, path]);
    expect(cookie).toMatch(/^dunlin-session=[\w-]+; Path=\/b\/; Max-Age=1800; HttpOnly; Secure; SameSite=Lax$/);
    expect((await world.visit({ to: path, cookies })).text).toContain('Kim Larsson');
    expect((await world.visit({ to: `${path}.pdf`, cookies })).text).toBe('%PDF-1.7 a bill');
    world.later = 30 * MINUTE;
    expect((await world.visit({ to: path, cookies })).text).not.toContain('Larsson');
  });

  it('does not open for the code of another account, nor for a link in place of a session', async () => {
    const other = await session();
    const link = signLink(LINK_SECRET, { to: 'card', account: account.account, subject: '', expiresAt: SENT + HOUR });
    const stranger = await world.anAccount(`acc-x-${made}`);
    const its = await world.aBillOf(stranger, await world.anInvoiceOf(stranger));
    const place = new URL(linksAt(ADDRESS, LINK_SECRET)(SENT).bill(stranger.account, its)).pathname;

    const pages = [
      await world.visit({ to: place, cookies: [other] }),
      await world.visit({ to: path, cookies: [`dunlin-session=${link}`] }),
      await world.visit({ to: path, cookies: ['dunlin-session=nonsense'] }),
    ];

    expect(pages.map(({ text }) => text.includes('name="code"') || text.includes('Send a code'))).toEqual([
      true,
      true,
      true,
    ]);
    expect((await world.visit({ to: `/b/${other.split('=')[1]}` })).status).toBe(404);
  });
});

describe('a code', () => {
  it('can be tried five times', async () => {
    await askForCode();

    const pages = [];
    for (let attempt = 1; attempt <= 5; attempt++) pages.push(await enter(WRONG));
    const late = await enter(CODE);

    expect(pages.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(pages[0]?.text).toContain('You can try 4 more times.');
    expect(pages[3]?.text).toContain('You can try once more.');
    expect(pages[4]?.text).toContain('no longer works');
    expect([late.status, late.cookies]).toEqual([403, []]);
  });

  it('is counted when guesses come at once', async () => {
    await askForCode();

    await Promise.all(Array.from({ length: 5 }, () => enter(WRONG)));

    expect((await enter(CODE)).cookies).toEqual([]);
  });

  it('works once, also when it comes twice at once', async () => {
    await askForCode();

    const pages = await Promise.all([enter(CODE), enter(CODE)]);

    expect(pages.map(({ cookies }) => cookies.length).sort()).toEqual([0, 1]);
    expect((await enter(CODE)).cookies).toEqual([]);
  });

  it('works for ten minutes', async () => {
    await askForCode();
    world.later = 10 * MINUTE - 1;
    const wrongInTime = await enter(WRONG);
    world.later = 10 * MINUTE;
    const late = await enter(CODE);

    expect(wrongInTime.text).toContain('4 more times');
    expect(late).toMatchObject({ status: 403, cookies: [] });
  });

  it('is sent three times an hour', async () => {
    for (const minutes of [0, 10, 20]) {
      world.later = minutes * MINUTE;
      expect((await askForCode()).status).toBe(303);
    }
    world.later = 30 * MINUTE;
    const fourth = await askForCode();
    world.later = HOUR;
    const later = await askForCode();

    // The account's clock is Stockholm's, its country's: the first was sent at 01:00 there, so two o'clock it is.
    expect([fourth.status, fourth.text.includes('from 02:00.')]).toEqual([429, true]);
    expect(later.status).toBe(303);
    expect(world.hurried).toHaveLength(4);
  });

  it('is asked for twice at once: one is sent', async () => {
    const pages = [...(await Promise.all([askForCode(), askForCode()])), await askForCode()];

    expect(pages.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(world.hurried).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['no form', 'not a form'],
    ['a very long one', `code=${'9'.repeat(10_000)}`],
  ])('is not %s', async (_, body) => {
    await askForCode();
    const form = Object.fromEntries(new URLSearchParams(body));

    expect((await world.visit({ to: path, form })).status).toBe(403);
  });
});

describe('a bill of a brand that asks for nothing', () => {
  it('sends no codes', async () => {
    world.brand = {};

    const pages = [await askForCode(), await enter(CODE)];

    expect(pages.map(({ status, headers }) => [status, headers.location])).toEqual([
      [303, path],
      [303, path],
    ]);
    expect(world.hurried).toEqual([]);
  });
});
