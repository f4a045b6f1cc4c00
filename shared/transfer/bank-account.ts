import * as z from 'zod';

const Digits = z.string().regex(/^\d[\d-]*$/);

/** Where a subscriber's bank sends money to. Exactly one of `iban`, `bankgiro` and `plusgiro` is there. */
export const BankAccount = z.strictObject({
  /** Whose account it is, as the bank knows it; at most 70 characters. */
  holder: z.string(),
  /** Without blanks. */
  iban: z.string().nullable(),
  bic: z.string().nullable(),
  /** `5050-1055` */
  bankgiro: Digits.nullable(),
  /** `4 12 89 05-2` without blanks: `4128905-2` */
  plusgiro: Digits.nullable(),
  /** Register number of the company, which Swedish payment codes carry. */
  companyNumber: z.string().nullable(),
  /** Of the holder; Swiss payment codes carry it. */
  address: z
    .strictObject({
      street: z.string(),
      number: z.string().nullable(),
      postalCode: z.string(),
      city: z.string(),
      country: z.string(),
    })
    .nullable(),
});
export type BankAccount = z.infer<typeof BankAccount>;

/** By currency. */
export const BankAccounts = z.record(z.string(), BankAccount);
export type BankAccounts = z.infer<typeof BankAccounts>;

/**
 * A QR-IBAN: the bank's number is 30000 to 31999, and a payment to it needs a QR reference (Swiss Implementation
 * Guidelines QR-bill 2.3, 4.2.2).
 */
export function isQrIban(iban: string): boolean {
  const bank = Number(iban.slice(4, 9));
  return /^(CH|LI)/.test(iban) && bank >= 30_000 && bank <= 31_999;
}
