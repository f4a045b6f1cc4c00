import type { Formats } from '#shared/locale/formats.ts';
import type { Locale } from '#shared/locale/locales.ts';
import type { BankAccount } from '#shared/transfer/bank-account.ts';
import { transferTextsOf } from '#shared/transfer/texts/transfer-texts.ts';
import { transferOf } from '#shared/transfer/transfer.ts';
import { type TransferRow, transferRows } from '#shared/transfer/transfer-rows.ts';

/** What is open of a bill. */
export interface OpenBill {
  readonly number: string;
  /** In major units. */
  readonly amount: string;
}

/** How to transfer what a message is about. */
export interface TransferDetails {
  readonly title: string;
  readonly rows: readonly TransferRow[];
  readonly note: string;
}

/** One account for all bills, and a reference for each of them; `undefined`: no transfers, or nothing to pay. */
export function transferDetails(
  open: readonly OpenBill[],
  bank: BankAccount | undefined,
  currency: string,
  formats: Pick<Formats, 'money'>,
  locale: Locale,
): TransferDetails | undefined {
  const texts = transferTextsOf(locale);
  const payments = open.flatMap(({ number, amount }) => {
    const transfer = transferOf(bank, currency, number);
    if (transfer === undefined) return [];
    return [{ number, amount: formats.money(amount), rows: transferRows(transfer, locale) }];
  });
  const [first] = payments;
  if (first === undefined || payments.length < open.length) return undefined;
  const { title, note } = texts;
  if (payments.length === 1)
    return { title, note, rows: [...first.rows, { label: texts.amount, value: first.amount }] };
  const references = payments.flatMap(({ number, amount, rows }) =>
    rows.slice(-1).map(({ label, value }) => ({ label: `${label} · ${number}`, value: `${value}, ${amount}` })),
  );
  return { title, note, rows: [...first.rows.slice(0, -1), ...references] };
}
