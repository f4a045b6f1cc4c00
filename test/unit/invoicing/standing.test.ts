import { describe, expect, test } from 'vitest';
import { paymentStatusView } from '#shared/access/payment-status-view.ts';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import type { ItemOfBill, PaymentStatus } from '#shared/invoicing/objects/bill-item.ts';
import { type BillView, billView } from '#shared/invoicing/view/bill-view.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { NEVER_TAKEN } from '#shared/platform/due.ts';
import { aBillInput, anInvoice, anInvoicedLine } from '#test/builders/bills.ts';
import { at } from '#test/builders/rating.ts';

const OPEN: PaymentStatus = { status: 'open', paid: '0.00', due: '10.00', payUrl: '/pay/token' };
const PAID: PaymentStatus = { status: 'paid', paid: '10.00', due: '0.00', paidAt: at('2026-12-03T12:00:00Z') };

/** 10.00 in Stockholm, final on 1 December 2026 at 01:05 there. Sent: due on 31 December at 02:05 there. */
function aBill(collected: 'charged' | 'sent', fields: Partial<BillDocument> = {}): BillDocument {
  const lines = [anInvoicedLine()];
  const dueAt = collected === 'sent' ? at('2026-12-31T01:05:00Z') : undefined;
  const input = aBillInput(lines, [], { invoice: anInvoice(lines, { dueAt }) });
  const outcome = buildBill({ ...input, account: { ...input.account, timezone: 'Europe/Stockholm' } });
  if ('differs' in outcome) throw new Error('It adds up.');
  return { ...outcome.bill, ...fields };
}

function seen(bill: BillDocument, now: PaymentStatus, moment: string): BillView {
  return billView(bill, { at: at(moment), now });
}

function howOf({ foot }: BillView): string | undefined {
  return foot.find(({ title }) => title === 'How to pay')?.text;
}

const NOTHING_TO_DO = 'You do not need to do anything: we will charge the amount to your saved card or account.';
const FAILED = 'We could not collect this amount. Please pay now with the button above.';
const LATE = 'This bill is past its due date. Please pay now with the button above.';

describe('a bill that is charged by itself', () => {
  const bill = aBill('charged');

  test.each([
    ['on its day, before the first attempt', 'scheduled', '2026-12-01T01:00:00Z', NOTHING_TO_DO, 'plain'],
    ['refused an hour later', 'failed', '2026-12-01T02:00:00Z', FAILED, 'late'],
    ['refused, on the tenth day', 'failed', '2026-12-10T08:00:00Z', FAILED, 'late'],
    ['with a debit under way, on the fourth day', 'pending', '2026-12-04T08:00:00Z', undefined, 'plain'],
    ['as the first of a subscription', 'by-hand', '2026-12-05T08:00:00Z', undefined, 'plain'],
  ] as const)('%s', (_, collection, moment, how, tone) => {
    const view = seen(bill, { ...OPEN, collection }, moment);

    expect(view.status.tone).toBe(tone);
    if (how !== undefined) expect(howOf(view)).toBe(how);
    expect(view.pay === undefined).toBe(collection === 'pending' || collection === 'scheduled');
  });

  test('names its day until that has ended on the account’s clock, and no past day after it', () => {
    const scheduled = { ...OPEN, collection: 'scheduled' } as const;

    // 1 December ends in Stockholm at 23:00 UTC
    expect(seen(bill, scheduled, '2026-12-01T22:59:00Z').status.text).toContain('1 December 2026');
    expect(seen(bill, scheduled, '2026-12-01T23:00:00Z').status.text).not.toContain('December');
  });

  test('read before collection was noted is taken as refused when the first attempts are over', () => {
    expect(seen(bill, OPEN, '2026-12-02T00:00:00Z').status.tone).toBe('plain');
    expect(howOf(seen(bill, OPEN, '2026-12-04T00:00:00Z'))).toBe(FAILED);
  });
});

describe('a bill that was sent', () => {
  const bill = aBill('sent');

  test('is not late on its due day, and late as soon as that has ended there', () => {
    const lastMinute = seen(bill, OPEN, '2026-12-31T22:59:00Z');
    const over = seen(bill, OPEN, '2026-12-31T23:00:00Z');

    expect(lastMinute.status).toEqual({ text: 'Due 31 December 2026', tone: 'plain' });
    expect(howOf(lastMinute)).toContain('by 31 December 2026');
    expect(over.status).toEqual({ text: 'Overdue since 31 December 2026', tone: 'late' });
    expect(howOf(over)).toBe(LATE);
  });

  test.each([
    ['paid', PAID],
    ['void', { status: 'void', paid: '0.00', due: '0.00' }],
    ['given up', { status: 'uncollectible', paid: '0.00', due: '0.00' }],
  ] satisfies [string, PaymentStatus][])('and is %s asks for nothing', (_, now) => {
    const view = seen(bill, now, '2027-01-10T12:00:00Z');

    expect(howOf(view)).toBeUndefined();
    expect(view.pay).toBeUndefined();
  });
});

describe('in every language', () => {
  test.each(LOCALES)('%s says nothing of a day that is past, and not that there is nothing to do', locale => {
    const words = aBill('charged', { locale });
    const nothingToDo = billView(words).foot[0]?.text ?? '';
    const standings = [
      seen(words, { ...OPEN, collection: 'failed' }, '2027-02-10T12:00:00Z'),
      seen(words, { ...OPEN, collection: 'by-hand' }, '2027-02-10T12:00:00Z'),
      seen(aBill('sent', { locale }), OPEN, '2027-02-10T12:00:00Z'),
    ];

    for (const { foot } of standings) {
      expect(foot[0]?.text).not.toMatch(/\d/);
      expect(foot[0]?.text).not.toBe(nothingToDo);
    }
    expect(new Set(standings.map(({ foot }) => foot[0]?.text)).size).toBe(3);
  });
});

describe('the summary before a code is entered', () => {
  const account = { locale: 'en', timezone: 'Europe/Stockholm', collection: 'automatic' } as const;

  function anItem(collected: 'charged' | 'sent', standing: PaymentStatus): ItemOfBill {
    const { id, number, issuedAt, dueAt, currency, totals } = aBill(collected);
    const terms = { asked: totals.due, automatic: collected === 'charged' };
    const moments = { issuedAt: Date.parse(issuedAt), dueAt: Date.parse(dueAt) };
    const bill = { id, number, ...moments, currency, total: totals.total, ...terms, digest: '' };
    return { kind: 'bill', account: 'acc-1', invoice: 'in_1', ...NEVER_TAKEN, bill, standing };
  }

  test.each([
    ['charged', { ...OPEN, collection: 'failed' }, '2026-12-01T02:00:00Z'],
    ['charged', { ...OPEN, collection: 'scheduled' }, '2026-12-01T02:00:00Z'],
    ['sent', OPEN, '2026-12-31T22:59:00Z'],
    ['sent', OPEN, '2026-12-31T23:00:00Z'],
    ['sent', PAID, '2026-12-31T23:00:00Z'],
  ] satisfies ['charged' | 'sent', PaymentStatus, string][])(
    'says the same as the page: %s, %o',
    (how, now, moment) => {
      const { status } = paymentStatusView(account, anItem(how, now), at(moment));

      expect(status).toBe(seen(aBill(how), now, moment).status.text);
    },
  );
});
