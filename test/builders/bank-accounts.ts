import type { BankAccount } from '#shared/transfer/bank-account.ts';

/** Of Berg & Co, with no number unless one is told. */
export function aBankAccount(fields: Partial<BankAccount> = {}): BankAccount {
  return {
    holder: 'Berg & Co AB',
    iban: null,
    bic: null,
    bankgiro: null,
    plusgiro: null,
    companyNumber: null,
    address: null,
    ...fields,
  };
}
