import { beforeAll, describe, expect, it, test } from 'vitest';
import { type Link, readLink, signLink } from '#shared/access/link-token.ts';
import { type Links, linksAt } from '#shared/access/links.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { billObjectKey } from '#shared/invoicing/objects/bill-objects.ts';
import { MessageItem, messageKey, orderMessage } from '#shared/messages/order/message.ts';
import { Unavailable } from '#shared/platform/failure.ts';
import { DAY } from '#shared/platform/instant.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { ADDRESS, LINK_SECRET, usePageWorld } from '#test/parts/page-world.ts';

const SENT = Date.UTC(2026, 10, 1);
const SAFE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const world = usePageWorld();
let account: AccountItem;
let invoice: string;
let bill: string;
let links: Links;

beforeAll(async () => {
  account = await world.anAccount('acc-1');
  const made = await world.anInvoiceOf(account);
  invoice = made.id ?? '';
  bill = await world.aBillOf(account, made);
  links = linksAt(ADDRESS, LINK_SECRET)(SENT);
});

function aToken(changes: Partial<Link> = {}): string {
  return signLink(LINK_SECRET, { to: 'bill', account: 'acc-1', subject: bill, expiresAt: SENT + DAY, ...changes });
}

describe('the page of a bill', () => {
  it('shows the bill in the name of its brand, with its files and a way to pay', async () => {
    const link = links.bill('acc-1', bill);

    const page = await world.visit(link);

    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).toContain('Dunlin Mobile');
    expect(page.text).toContain('€12.50');
    const path = new URL(link).pathname;
    expect(page.text).toContain(`href="${path}.pdf"`);
    expect(page.text).toContain(`href="${path}.sheet.csv"`);
    const [, token = ''] = /href="\/pay\/([\w-]+)"/.exec(page.text) ?? [];
    // Payable from the page for as long as the page can be opened.
    expect(readLink([LINK_SECRET], token, SENT)).toEqual({
      state: 'valid',
      link: { to: 'pay', account: 'acc-1', subject: invoice, expiresAt: SENT + 180 * DAY },
    });
  });

  it('runs no script, loads nothing, is kept nowhere and in nobody’s frame', async () => {
    const { headers, text } = await world.visit(links.bill('acc-1', bill));

    expect(headers).toMatchObject(SAFE);
    expect(headers['content-security-policy']).toBe(POLICY);
    expect(text).not.toMatch(/<script|\son\w+=|src="(?!data:)|@import|url\(/);
  });

  it.each([
    ['.pdf', 'application/pdf', '%PDF-1.7 a bill', 'inline; filename="'],
    ['.csv', 'text/csv; charset=utf-8', 'line,number,kind\n', 'inline; filename="'],
  ])('has its %s', async (suffix, type, content, disposition) => {
    const page = await world.visit(links.bill('acc-1', bill) + suffix);

    expect(page).toMatchObject({ status: 200, text: content, headers: { ...SAFE, 'content-type': type } });
    expect(page.headers['content-disposition']).toContain(disposition);
  });

  it('has a table for spreadsheets, made anew where a bill was issued without one', async () => {
    const page = await world.visit(`${links.bill('acc-1', bill)}.sheet.csv`);

    expect(page).toMatchObject({ status: 200, headers: { ...SAFE, 'content-type': 'text/csv; charset=utf-8' } });
    expect(page.text).toContain('Section,Description,Number,Date,Time');
  });

  it('has a file that is too large for an answer behind a link that works for five minutes', async () => {
    const large = 'x'.repeat(4 * 1024 * 1024 + 1);
    const other = await world.aBillOf(account, await world.anInvoiceOf(account));
    await world.services.bills.write(billObjectKey('acc-1', other, 'csv'), Buffer.from(large), 'text/csv');

    const page = await world.visit(`${links.bill('acc-1', other)}.csv`);
    const file = await fetch(page.headers.location ?? '');

    expect(page).toMatchObject({ status: 303, headers: SAFE });
    expect(page.headers.location).toContain('X-Amz-Expires=300');
    expect((await file.text()).length).toBe(large.length);
  });

  it('is looked at without being sent', async () => {
    const page = await world.visit({ method: 'HEAD', to: links.bill('acc-1', bill) });

    expect([page.status, page.headers['content-type'], page.text]).toEqual([200, 'text/html; charset=utf-8', '']);
  });
});

describe('the mail that carried the bill', () => {
  it.each([
    ['delivered', 'GET', 'opened'],
    ['delivered', 'HEAD', 'delivered'],
    ['sent', 'GET', 'sent'],
    ['bounced', 'GET', 'bounced'],
  ] as const)('is %s, and after %s of the bill %s', async (state, method, after) => {
    const { ledger } = world.services;
    const key = messageKey('acc-1', `bill:${bill}:email`);
    const content = { template: 'thanks', total: '12.50', currency: 'EUR', restored: false } as const;
    const order = { id: `bill:${bill}:email`, channel: 'email', content } as const;
    await ledger.delete(key);
    await ledger.transact([orderMessage(account, order, SENT)]);
    await ledger.update(key, { set: { state } });

    await world.visit({ method, to: links.bill('acc-1', bill) });

    expect(await ledger.get(key, MessageItem)).toMatchObject({
      state: after,
      ...(after === 'opened' && { openedAt: SENT }),
    });
  });
});

describe('a link that does not open', () => {
  const cases = (): [string, string, number][] => [
    ['made up', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 404],
    ['damaged', `${aToken().slice(0, -4)}AAAA`, 404],
    ['signed by somebody else', signLink('x'.repeat(32), readable(aToken())), 404],
    ['over', aToken({ expiresAt: SENT }), 410],
    ["another account's bill", aToken({ account: 'acc-2' }), 404],
    ['to pay, at the place of bills', aToken({ to: 'pay', subject: invoice }), 404],
    ['to a bill that there is not', aToken({ subject: 'bill_nobody' }), 404],
    ['of an account that there is not', aToken({ account: 'nobody' }), 404],
    ['with another suffix', `${aToken()}.json`, 404],
  ];

  test('says so in plain words, and never as a problem for programs', async () => {
    await world.anAccount('acc-2');
    for (const [what, token, status] of cases()) {
      const page = await world.visit(`/b/${token}`);

      expect([what, page.status, page.headers['content-type']]).toEqual([what, status, 'text/html; charset=utf-8']);
      expect(page.headers).toMatchObject(SAFE);
      expect(page.text).toContain(status === 410 ? 'This link has expired' : 'This link does not work');
      expect(page.text).not.toContain('Kim');
    }
  });

  it('speaks the language that the browser asks for where no account is known', async () => {
    const page = await world.visit({ to: '/b/nothing', headers: { 'accept-language': 'da, nl-BE;q=0.8, en;q=0.5' } });

    expect(page.text).toContain('<html lang="nl">');
    expect(page.text).toContain('Deze link werkt niet');
  });

  it('speaks the account’s language where it is known', async () => {
    await world.anAccount('acc-sv', { locale: 'sv' });

    const page = await world.visit(`/b/${aToken({ account: 'acc-sv', expiresAt: SENT })}`);

    expect([page.status, page.text.includes('Länken har gått ut')]).toEqual([410, true]);
  });
});

describe('a link to pay', () => {
  it('leads to Stripe’s page of the invoice', async () => {
    const page = await world.visit(links.pay('acc-1', invoice));

    expect(page).toMatchObject({ status: 303, text: '', headers: { 'cache-control': 'no-store' } });
    const hosted = await fetch(page.headers.location ?? '');
    expect([hosted.status, await hosted.text()]).toEqual([200, expect.stringContaining('€12.50')]);
  });

  it.each([
    ['paid', 'has been paid'],
    ['void', 'has been cancelled'],
  ] as const)('of an invoice that is %s meanwhile says that there is nothing to pay', async (status, words) => {
    const { stripe } = world.accounts;
    const { id = '', number } = await world.anInvoiceOf(account);
    await (status === 'paid' ? stripe.invoices.pay(id, { paid_out_of_band: true }) : stripe.invoices.voidInvoice(id));

    const page = await world.visit(links.pay('acc-1', id));

    expect(page.status).toBe(200);
    expect(page.text).toContain('There is nothing to pay');
    expect(page.text).toContain(`Bill ${number} ${words}`);
    expect(page.text).not.toContain('class="pay"');
  });

  it('of the invoice that a line waited for offers to save a card, once it is cancelled', async () => {
    const waiting = await world.anAccount('acc-waits', { currency: 'SEK' });
    await putLine(world.accounts.services, 'acc-waits', 'line-1', {
      msisdn: '+46700000077',
      plan: 'mobile-10',
      addOns: [],
      changeAt: 'now',
    });
    const { data } = await world.accounts.stripe.invoices.list({ customer: waiting.stripeCustomer ?? '' });
    await world.accounts.stripe.invoices.voidInvoice(data[0]?.id ?? '');

    const page = await world.visit(links.pay('acc-waits', data[0]?.id ?? ''));
    const [, href = ''] = /class="pay" href="([^"]+)"/.exec(page.text) ?? [];
    const next = await world.visit(href);

    expect(page.text).toContain('No card is saved yet');
    expect(next.status).toBe(303);
  });

  it("opens no other account's invoice", async () => {
    const other = await world.anAccount('acc-other');
    const { id = '' } = await world.anInvoiceOf(other);

    expect((await world.visit(links.pay('acc-1', id))).status).toBe(404);
    expect((await world.visit(links.pay('acc-1', 'in_nobody'))).status).toBe(404);
  });
});

describe('a link to another card', () => {
  it('makes a portal session at each click, in the account’s language, that leads back here', async () => {
    await giveCard(world.accounts, account.stripeCustomer ?? '', 'pm_card_chargeCustomerFail');
    const link = links.card('acc-1');

    const [first, second] = [await world.visit(link), await world.visit(link)];
    const saved = await fetch(second.headers.location ?? '', {
      method: 'POST',
      body: new URLSearchParams({ card: 'pm_card_visa' }),
      redirect: 'manual',
    });

    expect([first.status, second.status]).toEqual([303, 303]);
    expect(first.headers.location).not.toBe(second.headers.location);
    expect(saved.headers.get('location')).toBe(`${link}?saved`);
    expect((await world.visit(`${link}?saved`)).text).toContain('Your card is saved');
    expect((await world.visit(`${link}?saved=`)).text).toContain('Your card is saved');
    const back = await world.visit(`${link}?back=&utm_source=mail`);
    expect(back.text).toContain('Welcome back');
    expect(back.text).toContain(`href="${new URL(link).pathname}"`);
  });
});

describe('when something that it needs does not answer', () => {
  it('asks to come again, as a page', async () => {
    const { secrets } = world.services;
    const down = new Unavailable('link-secret-unusable', 'Nothing there.');
    Object.assign(world.services, { secrets: () => Promise.reject(down) });

    const page = await world.visit({ to: links.bill('acc-1', bill), headers: { 'accept-language': 'fr' } });
    Object.assign(world.services, { secrets });

    expect(page).toMatchObject({ status: 503, headers: { ...SAFE, 'retry-after': '10' } });
    expect(page.text).toContain('Cela ne fonctionne pas pour le moment');
    expect(page.text).not.toContain('secret');
  });
});

function readable(token: string): Link {
  const read = readLink([LINK_SECRET], token, SENT);
  if (read.state === 'unknown') throw new Error('The token is not a link.');
  return read.link;
}
