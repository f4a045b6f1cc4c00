import { describe, expect, test } from 'vitest';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import type { ItemOfBill, PaymentStatus } from '#shared/invoicing/objects/bill-item.ts';
import { billView } from '#shared/invoicing/view/bill-view.ts';
import { billWords } from '#shared/invoicing/view/bill-words.ts';
import { earlierBills } from '#shared/invoicing/view/earlier-bills.ts';
import { NEVER_TAKEN } from '#shared/platform/due.ts';
import { aBillInput, anInvoicedLine } from '#test/builders/bills.ts';
import { at } from '#test/builders/rating.ts';

/** The bill at hand: final on 1 December 2026 at 00:05, 10.00 to pay. */
const ISSUED = at('2026-12-01T00:05:00Z');
const WORDS = billWords({ locale: 'en', currency: 'EUR', timezone: 'UTC' });
const OPEN: PaymentStatus = { status: 'open', paid: '0.00', due: '15.00' };

/** A sent bill of 15.00, issued on the first of the month and due on the tenth. */
function ofMonth(month: string, standing: PaymentStatus): ItemOfBill {
  const moments = { issuedAt: at(`2026-${month}-01T00:05:00Z`), dueAt: at(`2026-${month}-10T00:05:00Z`) };
  const money = { currency: 'EUR', total: '15.00', asked: '15.00', automatic: false, digest: '' };
  const bill = { id: `bill_${month}`, number: `ABC-${month}`, ...moments, ...money };
  return { kind: 'bill', account: 'acc-1', invoice: `in_${month}`, ...NEVER_TAKEN, bill, standing };
}

function paid(day: string): PaymentStatus {
  return { status: 'paid', paid: '15.00', due: '0.00', paidAt: at(`${day}T12:00:00Z`) };
}

function told(bills: ItemOfBill[], now = ISSUED) {
  return earlierBills(bills, { issuedAt: ISSUED, timezone: 'UTC' }, WORDS, now).map(
    ({ number, amount, standing }) => `${number} ${amount} ${standing}`,
  );
}

describe('the bills before a bill', () => {
  test('are the last one where it was paid, and every one that is open, the oldest first', () => {
    const bills = [ofMonth('11', paid('2026-11-09')), ofMonth('10', OPEN), ofMonth('09', OPEN)];

    expect(told(bills)).toEqual([
      'ABC-11 15.00 Paid on 9 November 2026',
      'ABC-09 15.00 Overdue since 10 September 2026',
      'ABC-10 15.00 Overdue since 10 October 2026',
    ]);
  });

  test('were as they stood at the moment, whenever that is asked', () => {
    const november = ofMonth('11', paid('2026-12-20'));

    expect(told([november])).toEqual(['ABC-11 15.00 Overdue since 10 November 2026']);
    expect(told([november], at('2026-12-21T00:00:00Z'))).toEqual(['ABC-11 15.00 Paid on 20 December 2026']);
  });

  test('are not later ones, nor such as were cancelled or given up', () => {
    const none: PaymentStatus = { status: 'void', paid: '0.00', due: '0.00' };

    expect(
      told([
        ofMonth('12', OPEN),
        { ...ofMonth('11', none) },
        ofMonth('10', { ...none, status: 'uncollectible' }),
        ofMonth('09', paid('2026-09-05')),
      ]),
    ).toEqual([]);
  });
});

describe('a bill after an unpaid one', () => {
  const lines = [anInvoicedLine()];
  const outcome = buildBill({ ...aBillInput(lines), others: [ofMonth('11', OPEN)] });
  if ('differs' in outcome) throw new Error('It adds up.');
  const { bill } = outcome;

  test('says so on paper as it stood when it was issued, with what is to pay in all', () => {
    // 15.00 of the bill before, and 10.00
    expect(billView(bill).before?.rows).toEqual([
      { label: 'Bill ABC-11', value: '€15.00 · Overdue since 10 November 2026' },
      { label: 'To pay in total', value: '€25.00' },
    ]);
  });

  test('says on the page how it stands now', () => {
    const now = at('2026-12-21T00:00:00Z');
    const earlier = earlierBills(
      [ofMonth('11', paid('2026-12-20'))],
      { issuedAt: ISSUED, timezone: 'UTC' },
      WORDS,
      now,
    );
    const standing = { status: 'open', paid: '0.00', due: '10.00', collection: 'failed' } as const;

    expect(billView(bill, { at: now, now: standing, earlier }).before?.rows).toEqual([
      { label: 'Bill ABC-11', value: '€15.00 · Paid on 20 December 2026' },
    ]);
  });

  test('tells on paper of which day it speaks', () => {
    expect(billView(bill).status.text).toContain('(as issued on 1 December 2026)');
  });
});
