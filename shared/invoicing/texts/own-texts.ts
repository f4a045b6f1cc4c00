import type { Places, ReplaceableTexts } from '#shared/catalog/authoring/own-texts.ts';
import { fill } from '#shared/locale/fill.ts';
import type { BillTexts } from './bill-texts.ts';

/** Texts that an operator may replace. */
const PLAIN = [
  'month',
  'elsewhere',
  'otherCharge',
  'plan',
  'otherUsage',
  'credit',
  'bill',
  'billNumber',
  'accountNumber',
  'issued',
  'period',
  'toPay',
  'cancelled',
  'writtenOff',
  'nothingToPay',
  'payNow',
  'changed',
  'firstBill',
  'sameAsLast',
  'charges',
  'what',
  'price',
  'amount',
  'quantity',
  'subtotal',
  'included',
  'allUsed',
  'unlimited',
  'sharedByLines',
  'noCharges',
  'total',
  'discount',
  'creditGranted',
  'balanceUsed',
  'balanceOwed',
  'carried',
  'paid',
  'due',
  'howToPay',
  'payAutomatically',
  'orByTransfer',
  'byTransfer',
  'latePayment',
  'questions',
  'disputes',
  'disputesText',
  'seller',
  'terms',
  'privacy',
  'help',
  'proof',
  'annex',
  'date',
  'time',
  'destination',
  'used',
  'billed',
  'cost',
  'inPlan',
  'free',
  'sum',
  'noRecords',
  'masked',
  'freeLeftOut',
  'before',
  'owedTogether',
  'invoiceRows',
  'perLine',
  'history',
  'notOfOneLine',
  'from',
  'until',
  'minutesRounded',
  'chargedSoon',
  'paymentPending',
  'notCollected',
  'firstPayment',
  'payPending',
  'payFailed',
  'payFirst',
  'payLate',
] as const satisfies readonly (keyof BillTexts)[];

/** Those into which something is put, under the names by which it stands in the operator's text: `{span}`. */
const FILLED = {
  creditFor: ['plan', 'span'],
  partOf: ['plan', 'span'],
  usedAndIncluded: ['used', 'included', 'extra'],
  usedBeyond: ['used', 'charged'],
  tax: ['name', 'rate'],
  billFor: ['name', 'span'],
  dueOn: ['day'],
  chargedOn: ['day'],
  paidOn: ['day'],
  overdueSince: ['day'],
  moreThanLast: ['amount'],
  lessThanLast: ['amount'],
  usedOf: ['used', 'included'],
  left: ['remaining'],
  rolledOverFrom: ['units', 'month'],
  taxOn: ['label', 'base'],
  taxIncluded: ['label', 'base'],
  payByLink: ['day'],
  payFromMessage: ['day'],
  questionsText: ['number'],
  proofText: ['records'],
  inLine: ['label'],
  disputesBody: ['body'],
  rateFrom: ['units', 'rate'],
  usedIn: ['country'],
  asIssued: ['day'],
  newLines: ['numbers', 'day'],
  partMonth: ['plan'],
  noPartMonth: ['plan'],
  linesBefore: ['plan', 'now', 'before'],
  annexClock: ['zone', 'start', 'end'],
} as const satisfies Partial<Record<keyof BillTexts, readonly string[]>>;

/** Key in the catalog's `texts` → what is put into it. */
export const OWN_BILL_TEXTS: ReplaceableTexts = new Map<string, Places>([
  ...PLAIN.map(key => [`bill.${key}`, { needed: [], possible: [] }] as const),
  ...Object.entries(FILLED).map(([key, names]) => [`bill.${key}`, { needed: names, possible: names }] as const),
]);

/** `own` by key without `bill.`, and names of kinds by `kind.<id>`; what is no text of a bill is passed over. */
export function withOwnTexts(builtIn: BillTexts, own: Readonly<Record<string, string>>): BillTexts {
  if (Object.keys(own).length === 0) return builtIn;
  const plain = PLAIN.flatMap(key => (own[key] === undefined ? [] : [[key, own[key]] as const]));
  const filled = Object.entries(FILLED).flatMap(([key, names]) => {
    const text = own[key];
    return text === undefined ? [] : [[key, filledBy(text, names)] as const];
  });
  const kinds = (kind: string) => own[`kind.${kind}`] ?? builtIn.kinds(kind);
  return { ...builtIn, kinds, ...Object.fromEntries(plain), ...Object.fromEntries(filled) };
}

function filledBy(text: string, names: readonly string[]) {
  return (...values: readonly string[]) =>
    fill(text, Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])));
}
