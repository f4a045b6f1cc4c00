import type { BillDocument } from '../document/bill-document.ts';

/** Of so many lines page and paper list charges and allowances; a fleet of 10 000 would make thousands of pages. */
export const MOST_LINES_SHOWN = 500;

/** The bill as page and paper show it: lists that go by line have their first ones. What follows them is told by its number. */
export function withFirstLines(bill: BillDocument): BillDocument {
  if (bill.lines === undefined || bill.lines.length <= MOST_LINES_SHOWN) return bill;
  const shown = new Set(bill.lines.slice(0, MOST_LINES_SHOWN).map(({ line }) => line));
  const first = <T extends { readonly line: string }>(all: T[]): T[] => all.filter(({ line }) => shown.has(line));
  return {
    ...bill,
    sections: bill.sections.map(section => ({
      ...section,
      lines: section.lines.map(line => ({ ...line, shares: first(line.shares) })),
    })),
    allowances: first(bill.allowances),
    ...(bill.pools !== undefined && { pools: bill.pools.map(pool => ({ ...pool, lines: first(pool.lines) })) }),
  };
}

/** How many lines of the account are left out. */
export function linesLeftOut({ lines = [] }: Pick<BillDocument, 'lines'>): number {
  return Math.max(0, lines.length - MOST_LINES_SHOWN);
}
