import type { ServiceRestriction } from '#shared/catalog/dunning-policy.ts';

/** What one message says. Amounts and days come formatted. */
export interface Wording {
  readonly subject: string;
  /** Shown behind the subject in lists of mails. */
  readonly preheader: string;
  readonly heading: string;
  /** What happened, what it means, what to do. */
  readonly paragraphs: readonly string[];
  /** None where there is nothing to do. */
  readonly button?: string;
  /** The whole in one or two sentences, for text messages and pushes; a link follows where there is a button. */
  readonly short: string;
}

/** Which bill: one whose period lies inside a month is named by it. */
export type SaidPeriod = 'first' | { readonly month: string } | { readonly span: string };

interface Said {
  /** Who writes. */
  readonly brand: string;
  readonly total: string;
}

export interface SaidBill extends Said {
  readonly period: SaidPeriod;
  readonly due: string;
  readonly how: 'paid' | 'nothing' | 'automatic' | 'transfer';
  readonly day: string;
  readonly shortDay: string;
}

export interface SaidDebt extends Said {
  /** `tried`: a card or account was, and failed. `missing`: there is none. `transfer`: the subscriber pays, and has not. */
  readonly way: 'tried' | 'missing' | 'transfer';
  /** Amount of the oldest bill, which the button pays. */
  readonly oldest: string;
  readonly next: { readonly action: ServiceRestriction; readonly day: string; readonly shortDay: string } | undefined;
}

export interface SaidPaymentConfirmation extends Said {
  readonly restored: boolean;
}

export interface SaidCode {
  readonly brand: string;
  readonly code: string;
  readonly minutes: number;
}

/** What notices say in one language. */
export interface MessageTexts {
  readonly bill: (said: SaidBill) => Wording;
  readonly firstInvoice: (said: Said) => Wording;
  readonly paymentFailed: (said: SaidDebt) => Wording;
  readonly reminder: (said: SaidDebt) => Wording;
  readonly finalNotice: (said: SaidDebt) => Wording;
  readonly newCard: (said: SaidDebt) => Wording;
  readonly authenticate: (said: SaidDebt) => Wording;
  readonly thanks: (said: SaidPaymentConfirmation) => Wording;
  /** Its subject is read on locked screens, and does not tell the code. */
  readonly code: (said: SaidCode) => Wording;

  readonly total: string;
  readonly toPay: string;
  readonly paid: string;
  readonly codeLabel: string;
  /** List of debts. */
  readonly open: string;
  readonly debt: (number: string, day: string) => string;
  readonly firstBill: string;
  readonly viewBill: string;
  /** Of a letter with the bill beside it. */
  readonly enclosed: string;
  readonly payThis: string;
  readonly severalDebts: string;
  /** Where no late fee is asked for. */
  readonly noFee: string;
  /** Beside a link to pay, where the card that pays is kept (`save_default_payment_method`). */
  readonly keepsCard: string;
  readonly payInParts: string;
  readonly crossed: string;
  readonly questions: string;
  /** Where the brand names no contacts. */
  readonly reply: string;
  readonly phone: string;
  readonly mail: string;
  readonly web: string;
}
