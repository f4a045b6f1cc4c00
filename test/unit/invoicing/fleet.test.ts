import { describe, expect, it } from 'vitest';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { buildBill } from '#shared/invoicing/document/build-bill.ts';
import { largeDocument } from '#shared/invoicing/objects/bill-file.ts';
import { billView } from '#shared/invoicing/view/bill-view.ts';
import { aBillInput, anInvoicedLine } from '#test/builders/bills.ts';

const number = (line: number) => `+4670${String(line).padStart(7, '0')}`;

/** A bill over 0.50 for each of so many lines, with an allowance each. */
function aFleet(lines: number): BillDocument {
  const outcome = buildBill(aBillInput([anInvoicedLine({ quantity: String(lines), amount: BigInt(lines) * 50n })]));
  if ('differs' in outcome) throw new Error('It adds up.');
  const all = Array.from({ length: lines }, (_, line) => ({
    line: `line-${line}`,
    number: number(line),
    amount: '0.50',
  }));
  const sections = outcome.bill.sections.map(section => ({
    ...section,
    lines: section.lines.map(line => ({ ...line, shares: all })),
  }));
  const allowances = all.map(({ line, number }) => ({
    line,
    number,
    id: 'minutes',
    name: 'Calls',
    unit: 's' as const,
    included: 6_000,
    used: 60,
    remaining: 5_940,
  }));
  return { ...outcome.bill, sections, lines: all, allowances };
}

describe('the bill of a fleet', () => {
  it('lists 500 numbers, and says what the others come to', () => {
    const view = billView(aFleet(502));

    // 500 numbers, and 2 × 0.50 for the others
    expect(view.perLine?.rows).toHaveLength(501);
    expect(view.perLine?.rows.at(499)).toEqual({ label: '+46\u00a070\u00a0000\u00a004\u00a099', value: '€0.50' });
    expect(view.perLine?.rows.at(500)).toEqual({ label: '2 further numbers', value: '€1.00' });
    expect(view.allowances.lines).toHaveLength(500);
    expect(view.allowances.note).toBe('2 further numbers.');
    expect(view.charges.sections[0]?.rows[0]?.notes).toHaveLength(500);
  });

  it('lists all where they are 500', () => {
    const view = billView(aFleet(500));

    expect(view.perLine?.rows).toHaveLength(500);
    expect(view.allowances).toMatchObject({ note: undefined });
    expect(view.allowances.lines).toHaveLength(500);
  });

  it('is answered by a link where its document is above 4 MB', async () => {
    const item = { account: 'acc-1', bill: { id: 'bill_1', number: 'A/1' } };
    const objects = { link: async (key: string) => `https://bucket.example/${key}` };

    expect(await largeDocument(objects, item, 'x'.repeat(4_194_302))).toBeUndefined();
    // Two quotation marks more than 4 MiB hold.
    expect(await largeDocument(objects, item, 'x'.repeat(4_194_303))).toMatchObject({
      status: 303,
      headers: { location: 'https://bucket.example/bills/acc-1/bill_1.json' },
    });
  });
});
