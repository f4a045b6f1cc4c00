import type { BillDocument } from '../document/bill-document.ts';
import type { PaymentStatus } from '../objects/bill-item.ts';

/** The bill as it was issued, with what was paid since (contract section 8). */
export function withPaymentStatus(bill: BillDocument, paymentStatus: PaymentStatus | undefined): BillDocument {
  if (paymentStatus === undefined) return bill;
  const { status, paid, due, payUrl } = paymentStatus;
  return {
    ...bill,
    totals: { ...bill.totals, paid, due },
    payment: { ...bill.payment, status, payUrl: payUrl ?? null },
  };
}
