import type { Locale } from '#shared/locale/locales.ts';
import { inFours, printReference } from './payment-reference.ts';
import { transferTextsOf } from './texts/transfer-texts.ts';
import type { Transfer } from './transfer.ts';

export interface TransferRow {
  readonly label: string;
  /** In groups, between which a line may break. */
  readonly value: string;
}

/** What a subscriber types into the bank's form, but for the amount. */
export function transferRows(transfer: Transfer, locale: Locale): TransferRow[] {
  const texts = transferTextsOf(locale);
  const { holder, bankgiro, plusgiro, bic, reference } = transfer;
  const giros = [
    { label: 'Bankgiro', value: bankgiro },
    { label: 'Plusgiro', value: plusgiro },
  ];
  return [
    { label: texts.holder, value: holder },
    ...giros.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }])),
    ...ibanRows(transfer, texts),
    ...(bic === null ? [] : [{ label: 'BIC', value: bic }]),
    { label: reference.kind === 'ocr' ? texts.ocr : texts.reference, value: printReference(reference) },
  ];
}

/** Within Britain people know the sort code and the account number, which are in the IBAN: `GB29 NWBK 601613 31926819`. */
function ibanRows({ iban }: Transfer, texts: ReturnType<typeof transferTextsOf>): TransferRow[] {
  if (iban === null) return [];
  const row = { label: 'IBAN', value: inFours(iban) };
  const [, one, two, three, account] = /^GB\d\d[A-Z]{4}(\d\d)(\d\d)(\d\d)(\d{8})$/.exec(iban) ?? [];
  if (account === undefined) return [row];
  return [
    { label: texts.sortCode, value: `${one}-${two}-${three}` },
    { label: texts.accountNumber, value: account },
    row,
  ];
}
