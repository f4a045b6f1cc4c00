import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import { billMessages } from '#shared/invoicing/issue/bill-messages.ts';
import { MessageItem } from '#shared/messages/order/message.ts';
import { openingOf } from '#shared/messages/order/next-opening.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { aBillInput, anInvoice, anInvoicedLine } from '#test/builders/bills.ts';
import { at } from '#test/builders/rating.ts';

const ACCOUNT: AccountItem = {
  account: 'acc-1',
  name: 'Example AB',
  email: 'billing@example.com',
  currency: 'EUR',
  locale: 'en',
  timezone: 'UTC',
  taxIds: [],
  delivery: ['email'],
  itemised: false,
  maskPeers: false,
  externalIds: {},
  billingDay: 1,
  collection: 'automatic',
  createdAt: at('2026-11-01T00:00:00Z'),
  lines: 1,
  wakeShard: 'minute#0',
  wakeAt: '0000',
};
const NOW = at('2026-12-01T00:10:00Z');

type Standing = Parameters<typeof billMessages>[2];

/** The messages of a bill of 10.00 EUR, as they are stored. */
function ordered(
  paymentStatus: Standing,
  fields: Partial<AccountItem> = {},
  invoice: Parameters<typeof anInvoice>[1] = {},
) {
  const lines = [anInvoicedLine()];
  const outcome = buildBill(aBillInput(lines, [], { invoice: anInvoice(lines, invoice) }));
  if ('differs' in outcome) throw new Error('It adds up.');
  const writes = billMessages({ ...ACCOUNT, ...fields }, outcome.bill, paymentStatus, NOW);
  return writes.map(write => z.object({ put: MessageItem }).parse(write).put);
}

const OPEN: Standing = { status: 'open', paid: '0.00', due: '10.00' };
const PAID: Standing = { status: 'paid', paid: '10.00', due: '0.00' };

describe('a bill that is issued', () => {
  test('is told of by each of the account’s ways; the portal needs none', () => {
    const messages = ordered(OPEN, { delivery: ['email', 'sms', 'push', 'portal', 'paper'] });

    expect(messages.map(({ id, channel }) => [id, channel])).toEqual([
      ['bill:bill_1:email', 'email'],
      ['bill:bill_1:sms', 'sms'],
      ['bill:bill_1:push', 'push'],
      ['bill:bill_1:paper', 'paper'],
    ]);
    expect(ordered(OPEN, { delivery: ['portal'] })).toEqual([]);
  });

  // The bill is issued at 01:10 in Stockholm.
  test('does not ring at night: texts and pushes wait for eight o’clock on the account’s clock', () => {
    const messages = ordered(OPEN, { delivery: ['email', 'sms', 'push', 'paper'], timezone: 'Europe/Stockholm' });

    expect(messages.map(({ channel, hours }) => [channel, printInstant(openingOf(hours, NOW))])).toEqual([
      ['email', '2026-12-01T00:10:00Z'],
      ['sms', '2026-12-01T07:00:00Z'],
      ['push', '2026-12-01T07:00:00Z'],
      ['paper', '2026-12-01T00:10:00Z'],
    ]);
  });

  test.each([
    ['at nine in the evening for the next morning', '2026-12-05T20:00:00Z', '2026-12-06T07:00:00Z'],
    ['not at all a minute before, nor on a Sunday', '2026-12-06T19:59:00Z', '2026-12-06T19:59:00Z'],
    // 25 October has the hour from two to three twice.
    ['through the night of a clock change', '2026-10-24T22:30:00Z', '2026-10-25T07:00:00Z'],
  ])('waits %s', (_, asked, goes) => {
    const [text] = ordered(OPEN, { delivery: ['sms'], timezone: 'Europe/Stockholm' });

    expect(printInstant(openingOf(text?.hours, at(asked)))).toBe(goes);
  });

  test('says what it is about', () => {
    expect(ordered(OPEN)[0]).toMatchObject({
      state: 'queued',
      at: NOW,
      to: 'billing@example.com',
      content: {
        template: 'bill',
        bill: 'bill_1',
        number: 'ABC-0002',
        first: true,
        period: { start: at('2026-11-01T00:00:00Z'), end: at('2026-12-01T00:00:00Z') },
        total: '10.00',
        due: '10.00',
        currency: 'EUR',
        dueAt: at('2026-12-01T00:05:00Z'),
        status: 'open',
        automatic: true,
      },
    });
  });

  test.each([
    ['paid already', PAID, {}, { status: 'paid', due: '0.00', automatic: true }],
    ['to be paid by a day', OPEN, { dueAt: at('2026-12-31T00:00:00Z') }, { status: 'open', automatic: false }],
    ['a first one that is being debited', { ...OPEN, collection: 'pending' } as const, {}, { automatic: true }],
    ['given up', { status: 'uncollectible', paid: '0.00', due: '0.00' } as const, {}, { status: 'open', due: '0.00' }],
  ])('is told of as it is then: %s', (_, paymentStatus, invoice, content) => {
    expect(ordered(paymentStatus, {}, invoice)[0]).toMatchObject({ content });
  });

  // It was charged in the call that made it: by hand means that this failed, or that there is no card.
  test('that is a first one and unpaid is told of by the link to pay it, and otherwise on paper', () => {
    const messages = ordered({ ...OPEN, collection: 'by-hand' }, { delivery: ['email', 'sms', 'push', 'paper'] });

    expect(messages).toMatchObject([{ channel: 'paper', content: { status: 'open', automatic: false } }]);
  });
});
