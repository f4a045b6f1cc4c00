import * as z from 'zod';
import { type BankAccount, isQrIban } from './bank-account.ts';
import { luhnDigit, mod97, recursiveDigit } from './check-digits.ts';

/**
 * What a subscriber writes on a transfer, so that it is found which bill it pays.
 *
 * - `ocr`: Swedish giro reference, digits with length digit and Luhn's (Bankgirot, OCR control level 4).
 * - `rf`: creditor reference of ISO 11649, which holds the bill's number.
 * - `qrr`: Swiss QR reference, 27 digits.
 * - `number`: the bill's number as it is.
 */
export const PaymentReference = z.strictObject({ kind: z.enum(['ocr', 'rf', 'qrr', 'number']), value: z.string() });
export type PaymentReference = z.infer<typeof PaymentReference>;

const LONGEST_OCR = 25;
const QRR_LENGTH = 27;
const LONGEST_RF = 25;

/**
 * A pure function of the bill's number. `undefined`: the account takes only payments with a reference, and this number
 * is too long for one.
 */
export function paymentReference(
  account: Pick<BankAccount, 'iban'>,
  currency: string,
  billNumber: string,
): PaymentReference | undefined {
  const signs = billNumber.toUpperCase().replaceAll(/[^\dA-Z]/g, '');
  if (account.iban === null) return ocrOf(signs) ?? { kind: 'number', value: billNumber };
  if (isQrIban(account.iban)) return qrrOf(signs);
  // Elsewhere banks do not know creditor references, and an unknown number is one more to copy.
  if (currency !== 'EUR' && !/^(CH|LI)/.test(account.iban)) return { kind: 'number', value: billNumber };
  return rfOf(signs) ?? { kind: 'number', value: billNumber };
}

function rfOf(signs: string): PaymentReference | undefined {
  if (signs === '' || signs.length > LONGEST_RF - 4) return undefined;
  const check = String(98 - mod97(`${signs}RF00`)).padStart(2, '0');
  return { kind: 'rf', value: `RF${check}${signs}` };
}

function ocrOf(signs: string): PaymentReference | undefined {
  const digits = inDigits(signs);
  const length = digits.length + 2;
  if (signs === '' || length > LONGEST_OCR) return undefined;
  const withLength = `${digits}${length % 10}`;
  return { kind: 'ocr', value: withLength + luhnDigit(withLength) };
}

function qrrOf(signs: string): PaymentReference | undefined {
  const digits = inDigits(signs);
  if (signs === '' || digits.length > QRR_LENGTH - 1) return undefined;
  const padded = digits.padStart(QRR_LENGTH - 1, '0');
  return { kind: 'qrr', value: padded + recursiveDigit(padded) };
}

/**
 * Digits stay as they are. With letters the signs are digits of base 36, behind a 1 that keeps the noughts in front, so
 * that no two numbers of one length come out alike.
 */
function inDigits(signs: string): string {
  if (/^\d*$/.test(signs)) return signs;
  return Array.from(`1${signs}`)
    .reduce((value, sign) => value * 36n + BigInt(Number.parseInt(sign, 36)), 0n)
    .toString();
}

/** In the groups in which it is written: `RF18 5390 0754 7034`. */
export function printReference({ kind, value }: PaymentReference): string {
  if (kind === 'rf') return inFours(value);
  if (kind === 'qrr') return value.replace(/^(\d\d)/, '$1 ').replaceAll(/(\d{5})(?=\d)/g, '$1 ');
  return value;
}

/** As IBANs are written. */
export function inFours(text: string): string {
  return text.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
