import type * as z from 'zod';
import { BankAccount } from './bank-account.ts';
import { PaymentReference, paymentReference } from './payment-reference.ts';

/** How a bill is paid by transfer: to which account, and with which reference. */
export const Transfer = BankAccount.extend({ reference: PaymentReference });
export type Transfer = z.infer<typeof Transfer>;

/** `undefined`: the operator takes no transfers in this currency, or none for a bill of such a number. */
export function transferOf(
  account: BankAccount | undefined,
  currency: string,
  billNumber: string,
): Transfer | undefined {
  if (account === undefined) return undefined;
  const reference = paymentReference(account, currency, billNumber);
  return reference && { ...account, reference };
}
