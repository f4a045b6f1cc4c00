import type { Section } from '#shared/catalog/billable.ts';

/** What a bill says in one language. Dates, amounts and counts come formatted. */
export interface BillTexts {
  readonly sections: Readonly<Record<Section, string>>;
  /** Fee lines. */
  readonly month: string;
  readonly creditFor: (plan: string, span: string) => string;
  readonly partOf: (plan: string, span: string) => string;
  readonly linesAt: (lines: number, price: string) => string;
  /** `3 × 1 GB`: quantity of a stepped charge. */
  readonly usedAndIncluded: (used: string, included: string, extra: string) => string;
  readonly usedBeyond: (used: string, charged: string) => string;
  /** `12 calls`. */
  readonly records: (kind: string, count: number) => string;
  /** The unit of a record, for the column beside its number. */
  readonly recordUnit: (kind: string, count: number) => string;
  readonly elsewhere: string;
  readonly otherCharge: string;
  /** Of a plan without a name. */
  readonly plan: string;
  /** Of a kind without a name. */
  readonly otherUsage: string;
  readonly credit: string;
  readonly tax: (name: string, rate: string) => string;

  /** Head. */
  readonly bill: string;
  readonly billFor: (name: string, span: string) => string;
  readonly billNumber: string;
  readonly accountNumber: string;
  readonly issued: string;
  readonly period: string;
  readonly toPay: string;
  readonly dueOn: (day: string) => string;
  readonly chargedOn: (day: string) => string;
  readonly paidOn: (day: string) => string;
  readonly overdueSince: (day: string) => string;
  readonly cancelled: string;
  readonly writtenOff: string;
  readonly nothingToPay: string;
  readonly payNow: string;
  /** Names of links to the bill's files. */
  readonly asPdf: string;
  readonly asSheet: string;

  /** What is new. */
  readonly changed: string;
  readonly firstBill: string;
  readonly moreThanLast: (amount: string) => string;
  readonly lessThanLast: (amount: string) => string;
  readonly sameAsLast: string;

  /** Sections and allowances. */
  readonly charges: string;
  readonly what: string;
  readonly price: string;
  readonly amount: string;
  readonly quantity: string;
  readonly subtotal: string;
  readonly included: string;
  readonly usedOf: (used: string, included: string) => string;
  readonly left: (remaining: string) => string;
  readonly allUsed: string;
  /** Of an allowance, in place of what is left. */
  readonly unlimited: string;
  /** What earlier periods left of it: `of which 2 GB from October`. */
  readonly rolledOverFrom: (units: string, month: string) => string;
  /** Above the allowances that several lines use together. */
  readonly sharedByLines: string;
  readonly noCharges: string;

  /** Totals. */
  readonly total: string;
  readonly discount: string;
  readonly creditGranted: string;
  readonly taxOn: (label: string, base: string) => string;
  readonly taxIncluded: (label: string, base: string) => string;
  readonly balanceUsed: string;
  readonly balanceOwed: string;
  readonly carried: string;
  readonly paid: string;
  readonly due: string;

  /** Foot. */
  readonly howToPay: string;
  readonly payAutomatically: string;
  readonly payByLink: (day: string) => string;
  /** Where there is no button. */
  readonly payFromMessage: (day: string) => string;
  /** Behind a text with a button; behind one without. The account follows. */
  readonly orByTransfer: string;
  readonly byTransfer: string;
  readonly latePayment: string;
  readonly questions: string;
  readonly questionsText: (number: string) => string;
  readonly disputes: string;
  readonly disputesText: string;
  /** Heading of who sells; the addresses of terms, privacy and help are named. */
  readonly seller: string;
  readonly terms: string;
  readonly privacy: string;
  readonly help: string;
  readonly proof: string;
  readonly proofText: (records: string) => string;

  /** Heads of the table for a spreadsheet, beside those of the annex. */
  readonly sheet: {
    readonly section: string;
    readonly number: string;
    readonly calledNumber: string;
    readonly stay: string;
    readonly unit: string;
    /** What single amounts, added and rounded, make more or less. */
    readonly rounding: (label: string) => string;
  };

  /** Annex. */
  readonly annex: string;
  readonly kinds: (kind: string) => string;
  readonly date: string;
  readonly time: string;
  readonly destination: string;
  readonly used: string;
  readonly billed: string;
  readonly cost: string;
  readonly inPlan: string;
  readonly free: string;
  /** Priced over the whole period: which line of the bill holds it. */
  readonly inLine: (label: string) => string;
  readonly sum: string;
  readonly noRecords: string;
  readonly masked: string;
  /** Of a long list, which is not in the bill: `There are 40,000 calls.` */
  readonly recordsApart: (records: string) => string;
  readonly recordsShown: (from: string, to: string, all: string) => string;
  readonly earlierRecords: string;
  readonly laterRecords: string;
  readonly recordsAsPdf: (part: string, parts: string) => string;
  readonly recordsAsCsv: string;
  readonly recordsInTheMaking: string;
  readonly page: (page: number, pages: number) => string;

  /** From how many units on another price holds; where something was used abroad. */
  readonly rateFrom: (units: string, rate: string) => string;
  readonly usedIn: (country: string) => string;
  readonly freeLeftOut: string;

  /** Earlier bills. */
  readonly before: string;
  readonly owedTogether: string;
  readonly asIssued: (day: string) => string;

  /** Changes inside a period, and the parts of a month that they cost. */
  readonly days: (count: number) => string;
  readonly newLines: (numbers: string, day: string) => string;
  /** By how many lines: negative are fewer. */
  readonly changedLines: (lines: number, day: string) => string;
  /** Above the provider's rows of a change. */
  readonly invoiceRows: string;
  readonly partMonth: (plan: string) => string;
  readonly noPartMonth: (plan: string) => string;
  readonly linesBefore: (plan: string, now: string, before: string) => string;
  /** How use developed over the periods. */
  readonly history: string;
  /** What each line of the account comes to. */
  readonly perLine: string;
  readonly notOfOneLine: string;
  /** Of a fleet, where the first are listed: `9,500 further numbers`. */
  readonly furtherLines: (count: string) => string;

  /** Whom a consumer may turn to besides. */
  readonly disputesBody: (body: string) => string;
  /** The period's limits on the account's clock, where they are not midnights. */
  readonly from: string;
  readonly until: string;
  readonly minutesRounded: string;
  readonly annexClock: (zone: string, start: string, end: string) => string;

  /** Where an open bill stands, and how it is paid then. */
  readonly chargedSoon: string;
  readonly paymentPending: string;
  readonly notCollected: string;
  readonly firstPayment: string;
  readonly payPending: string;
  readonly payFailed: string;
  readonly payFirst: string;
  readonly payLate: string;

  /** What stands on the provider's invoice. */
  readonly invoice: {
    readonly memo: (name: string, days: string) => string;
    readonly account: string;
    readonly period: string;
    readonly records: string;
    readonly proof: string;
    /** Of a plan: parts `n` to `to` of `of`; most often one. */
    /** `Calls: late usage (1–30 November 2026)` */
    readonly lateUsage: (section: string, days: string) => string;
    readonly instalment: (label: string, n: number, to: number, of: number) => string;
  };
}
