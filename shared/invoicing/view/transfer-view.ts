import { wallAt } from '#shared/platform/time-zones.ts';
import { type CodeSquares, codeSquares } from '#shared/transfer/code-squares.ts';
import { type PayableBill, type PaymentCode, paymentCode } from '#shared/transfer/payment-code.ts';
import { transferTextsOf } from '#shared/transfer/texts/transfer-texts.ts';
import { type TransferRow, transferRows } from '#shared/transfer/transfer-rows.ts';
import type { BillDocument } from '../document/bill-document.ts';
import type { BillWords } from './bill-words.ts';
import { isSettled, type Standing } from './standing.ts';

/** How a bill is paid by transfer: what to type, and what a bank's app reads instead. */
export interface TransferView {
  readonly rows: readonly TransferRow[];
  readonly note: string;
  readonly code: CodeView | undefined;
}

export interface CodeView {
  readonly form: PaymentCode['form'];
  /** Above it. */
  readonly caption: string;
  /** In its place, for whoever does not see it. */
  readonly alternative: string;
  readonly squares: CodeSquares;
}

/** `undefined`: there is nothing to pay, or no transfer to pay it with. @param due what is to pay now */
export function transferView(
  bill: BillDocument,
  { locale, formats }: BillWords,
  { standing, due }: { readonly standing: Standing; readonly due: string },
): TransferView | undefined {
  const payable = payableBill(bill, due);
  if (payable === undefined || (standing.is !== 'due' && standing.is !== 'late')) return undefined;
  const texts = transferTextsOf(locale);
  const amount = formats.money(due);
  const code = paymentCode(payable);
  return {
    rows: [...transferRows(payable.transfer, locale), { label: texts.amount, value: amount }],
    note: texts.note,
    code: code && {
      form: code.form,
      caption: texts.scan,
      alternative: texts.codeFor(amount, payable.transfer.holder),
      squares: codeSquares(code),
    },
  };
}

export function payableBill(bill: BillDocument, due: string): PayableBill | undefined {
  const { payment, timezone, currency, number, subscriber } = bill;
  if (payment.transfer === undefined || isSettled(due)) return undefined;
  const dayOf = (moment: string) => new Date(wallAt(timezone, Date.parse(moment))).toISOString().slice(0, 10);
  return {
    transfer: payment.transfer,
    amount: due,
    currency,
    number,
    issuedOn: dayOf(bill.issuedAt),
    dueOn: dayOf(bill.dueAt),
    debtor: { name: subscriber.name, address: subscriber.address },
  };
}
