import { expect, test } from 'vitest';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import type { ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import { billView } from '#shared/invoicing/view/bill-view.ts';
import { plainSpaces } from '#shared/messages/wording/plain-text.ts';
import { NEVER_TAKEN } from '#shared/platform/due.ts';
import { aBillInput, anInvoicedLine } from '#test/builders/bills.ts';
import { aRecord, at } from '#test/builders/rating.ts';

/** Issued on the first of the month after; 15.00. */
function ofMonth(month: number, kinds: Record<string, number> | undefined): ItemOfBill {
  const first = (count: number) => at(`2026-${String(count).padStart(2, '0')}-01T00:00:00Z`);
  const use = kinds && { end: first(month + 1), kinds };
  const moments = { issuedAt: first(month + 1) + 1, dueAt: first(month + 1), periodStart: first(month), use };
  const bill = { id: `bill_${month}`, number: `ABC-${month}`, currency: 'EUR', total: '15.00', digest: '', ...moments };
  return { kind: 'bill', account: 'acc-1', invoice: `in_${month}`, ...NEVER_TAKEN, bill };
}

/** What November's bill says, in which 0.4 GB were used and nothing else. */
function told(others: readonly ItemOfBill[]) {
  const records = [aRecord({ kind: 'data', units: 400_000_000 })];
  const outcome = buildBill({ ...aBillInput([anInvoicedLine()], records), others });
  if ('differs' in outcome) throw new Error(JSON.stringify(outcome.differs));
  const { title, rows } = billView(outcome.bill).history ?? { title: undefined, rows: [] };
  return { title, rows: rows.map(({ period, used, total }) => plainSpaces(`${period}: ${used}, ${total}`)) };
}

test('a bill says how use developed, this period last', () => {
  const october = ofMonth(10, { data: 2_500_000_000, voice: 61, fax: 3, sms: 0 });
  const september = ofMonth(9, { sms: 12 });

  expect(told([october, september])).toEqual({
    title: 'Your use over time',
    rows: [
      '1 – 30 September 2026: Text messages 12, €15.00',
      // 61 s are two started minutes.
      '1 – 31 October 2026: Calls 2 minutes · Data 2.5 GB · Other usage 3, €15.00',
      '1 – 30 November 2026: Data 400 MB, €10.00',
    ],
  });
});

test('of half a year at most, and of no bill that does not know it', () => {
  const months = [10, 9, 8, 7, 6, 5, 4].map(month => ofMonth(month, month === 9 ? undefined : { sms: 1 }));

  expect(told(months).rows.map(row => row.split(': ')[0])).toEqual([
    '1 – 31 May 2026',
    '1 – 30 June 2026',
    '1 – 31 July 2026',
    '1 – 31 August 2026',
    '1 – 31 October 2026',
    '1 – 30 November 2026',
  ]);
});

test('a first bill has no history', () => {
  expect(told([]).rows).toEqual([]);
  expect(told([ofMonth(10, undefined)]).rows).toEqual([]);
});
