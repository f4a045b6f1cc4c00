import type { BillDocument } from './bill-document.ts';
import type { BillStanding } from './bill-item.ts';

/** The bill as it was issued, with what was paid since (contract section 8). */
export function withStanding(bill: BillDocument, standing: BillStanding | undefined): BillDocument {
  if (standing === undefined) return bill;
  const { status, paid, due, payUrl } = standing;
  return {
    ...bill,
    totals: { ...bill.totals, paid, due },
    payment: { ...bill.payment, status, payUrl: payUrl ?? null },
  };
}
