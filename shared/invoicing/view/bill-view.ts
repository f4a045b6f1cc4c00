import { addressLines, countryIn } from '#shared/locale/address.ts';
import { printPhone } from '#shared/locale/phone.ts';
import type { BillAllowance, BillDocument, BillPool, UsedAllowance } from '../document/bill-document.ts';
import type { PaymentStatus } from '../objects/bill-item.ts';
import { type BillWords, billWords } from './bill-words.ts';
import { perLineView, type SectionView, sectionView } from './charges-view.ts';
import { beforeView, type EarlierBill } from './earlier-bills.ts';
import { type FootView, footView } from './foot-view.ts';
import { type HistoryView, historyView } from './history-view.ts';
import { linesLeftOut, withFirstLines } from './lines-shown.ts';
import { hasWholeDays } from './period-limits.ts';
import { isSettled, type Standing, standingOf } from './standing.ts';
import { standingText } from './standing-text.ts';
import { transferView } from './transfer-view.ts';

/** A bill as it is read, every text ready: page and paper show the same in the same order. */
export interface BillView {
  readonly locale: string;
  readonly title: string;
  readonly seller: string;
  /** A `data:` address. */
  readonly logo: string | undefined;
  readonly colours: BrandColours;
  readonly heading: string;
  readonly subscriber: readonly string[];
  readonly facts: readonly Labelled[];
  readonly totalLabel: string;
  readonly total: string;
  readonly status: { readonly text: string; readonly tone: 'good' | 'plain' | 'late' };
  readonly pay: { readonly label: string; readonly href: string } | undefined;
  /** Earlier bills; `undefined`: there are none. */
  readonly before: { readonly title: string; readonly rows: readonly Labelled[] } | undefined;
  readonly changes: { readonly title: string; readonly text: string; readonly reasons: readonly Labelled[] };
  readonly charges: {
    readonly title: string;
    readonly columns: readonly [what: string, quantity: string, price: string, amount: string];
    readonly sections: readonly SectionView[];
    readonly none: string;
  };
  /** Where the account has several lines. */
  readonly perLine: { readonly title: string; readonly rows: readonly Labelled[] } | undefined;
  readonly allowances: {
    readonly title: string;
    readonly lines: readonly AllowancesView[];
    /** How many numbers are left out, and how minutes are rounded, where they are. */
    readonly note: string | undefined;
  };
  /** How use developed. */
  readonly history: HistoryView | undefined;
  readonly totals: { readonly title: string; readonly rows: readonly TotalView[] };
  readonly foot: readonly FootView[];
}

export interface BrandColours {
  readonly accent: string;
  /** On `accent`. */
  readonly accentText: string;
}

/** Of bills without a brand. */
const COLOURS: BrandColours = { accent: '#0b5c7a', accentText: '#ffffff' };

export interface Labelled {
  readonly label: string;
  readonly value: string;
}

export interface AllowancesView {
  /** Whose they are: a number, or all that share them. */
  readonly number: string;
  readonly items: readonly {
    readonly name: string;
    readonly text: string;
    readonly left: string;
    /** What was carried in, and who used how much of what is shared. */
    readonly notes: readonly string[];
    /** 0 to 1. */
    readonly share: number;
  }[];
}

export interface TotalView extends Labelled {
  readonly isMain: boolean;
}

/** What happened since a bill was issued. */
export interface Since {
  readonly at: number;
  readonly now: PaymentStatus;
  /** The earlier bills as they stand now; `undefined`: as they stood when this one was issued. */
  readonly earlier?: readonly EarlierBill[] | undefined;
}

/** @param paymentStatus what was paid since; `undefined`: as it was issued */
export function billView(issued: BillDocument, paymentStatus?: Since): BillView {
  const bill = withFirstLines(issued);
  const words = billWords(bill);
  const { texts, formats } = words;
  const period = { start: Date.parse(bill.period.start), end: Date.parse(bill.period.end) };
  const span = formats.span(period);
  const { address, name, email, phone } = bill.subscriber;
  const href = paymentStatus?.now.payUrl;
  const due = paymentStatus?.now.due ?? bill.totals.due;
  const standing = standingOf(termsOf(bill), paymentStatus);
  return {
    locale: bill.locale,
    title: `${texts.bill} ${bill.number}`,
    seller: bill.seller.name,
    logo: bill.seller.logo ?? undefined,
    colours: bill.seller.colours ?? COLOURS,
    heading: texts.billFor(name, span),
    subscriber: [
      name,
      ...(address === null ? [] : addressLines(address, bill.locale, countryIn(bill.seller.address))),
      email,
      phone === null ? undefined : printPhone(phone),
    ].filter(text => text !== undefined),
    facts: [
      { label: texts.billNumber, value: bill.number },
      { label: texts.accountNumber, value: bill.subscriber.accountNumber },
      { label: texts.issued, value: formats.day(Date.parse(bill.issuedAt)) },
      { label: texts.period, value: span },
      ...(hasWholeDays(period, bill.timezone)
        ? []
        : [
            { label: texts.from, value: formats.moment(period.start) },
            { label: texts.until, value: formats.moment(period.end) },
          ]),
    ],
    totalLabel: isSettled(due) ? texts.total : texts.toPay,
    total: formats.money(isSettled(due) ? bill.totals.total : due),
    status: { text: statusText(standing, bill, words, paymentStatus), tone: toneOf(standing) },
    pay: href === undefined || isSettled(due) || !isToPay(standing) ? undefined : { label: texts.payNow, href },
    before: beforeView(paymentStatus?.earlier ?? bill.before, due, words),
    changes: changesView(bill, words),
    charges: {
      title: texts.charges,
      columns: [texts.what, texts.quantity, texts.price, `${texts.amount}, ${formats.symbol}`],
      sections: bill.sections.map(section => sectionView(section, words, { isOneLine: bill.lines === undefined })),
      none: texts.noCharges,
    },
    perLine: perLineView(bill, words),
    allowances: {
      title: texts.included,
      lines: [...poolsView(bill.pools ?? [], words), ...allowancesView(bill.allowances, words)],
      note: allowancesNote(bill, words),
    },
    history: historyView(bill, words),
    totals: { title: `${texts.total}, ${formats.symbol}`, rows: totalsView(bill, words, paymentStatus?.now) },
    foot: footView(bill, words, {
      standing,
      hasButton: href !== undefined,
      transfer: transferView(bill, words, { standing, due }),
    }),
  };
}

function termsOf({ dueAt, timezone, payment, totals }: BillDocument) {
  return {
    dueAt: Date.parse(dueAt),
    timezone,
    isAutomatic: payment.methods[0] === 'automatic',
    asked: totals.due,
  };
}

/** By the subscriber: beside a payment under way, or one that will be made by itself, another would be one too many. */
function isToPay({ is }: Standing): boolean {
  return is !== 'pending' && is !== 'scheduled';
}

/** What was not looked at again is told with its day: it may have been paid since. */
function statusText(standing: Standing, bill: BillDocument, words: BillWords, since: Since | undefined): string {
  const text = standingText(standing, words);
  if (since !== undefined || standing.is === 'nothing') return text;
  return `${text} (${words.texts.asIssued(words.formats.day(Date.parse(bill.issuedAt)))})`;
}

function toneOf({ is }: Standing): BillView['status']['tone'] {
  if (is === 'nothing' || is === 'paid') return 'good';
  return is === 'failed' || is === 'late' ? 'late' : 'plain';
}

function changesView({ changes }: BillDocument, { texts, formats }: BillWords): BillView['changes'] {
  if (changes === null) return { title: texts.changed, text: texts.firstBill, reasons: [] };
  const { difference, reasons } = changes;
  const size = formats.money(difference.replace(/^-/, ''));
  const other = difference.startsWith('-') ? texts.lessThanLast(size) : texts.moreThanLast(size);
  return {
    title: texts.changed,
    text: /^0(\.0*)?$/.test(difference) ? texts.sameAsLast : other,
    reasons: reasons.map(reason => ({ label: reason.label, value: formats.difference(reason.difference) })),
  };
}

/** How many numbers have theirs elsewhere, and how minutes are rounded. */
function allowancesNote(bill: BillDocument, { texts, formats }: BillWords): string | undefined {
  const leftOut = linesLeftOut(bill);
  const all = [...bill.allowances, ...(bill.pools ?? [])];
  const notes = [
    leftOut === 0 ? undefined : `${texts.furtherLines(formats.number(String(leftOut)))}.`,
    all.some(({ unit, used }) => unit === 's' && used % 60 !== 0) ? texts.minutesRounded : undefined,
  ].filter(note => note !== undefined);
  return notes.length === 0 ? undefined : notes.join(' ');
}

function allowancesView(allowances: readonly BillAllowance[], words: BillWords): AllowancesView[] {
  return [...Map.groupBy(allowances, ({ number }) => number)].map(([number, items]) => ({
    number: printPhone(number),
    items: items.map(allowance => ({
      name: allowance.name,
      ...allowanceTexts(allowance, words),
      notes: rolledOverNotes(allowance, words),
    })),
  }));
}

/** Each once, whichever lines used it. */
function poolsView(pools: readonly BillPool[], words: BillWords): AllowancesView[] {
  if (pools.length === 0) return [];
  const items = pools.map(pool => ({
    name: pool.name,
    ...allowanceTexts(pool, words),
    notes: [
      ...rolledOverNotes(pool, words),
      ...pool.lines.map(({ number, used }) => `${printPhone(number)}: ${usedText(used, pool.unit, words)}`),
    ],
  }));
  return [{ number: words.texts.sharedByLines, items }];
}

/** `of which 2 GB from October` */
function rolledOverNotes({ rolledOver = [], unit }: UsedAllowance, { texts, formats }: BillWords): string[] {
  return rolledOver.map(({ since, units }) =>
    texts.rolledOverFrom(
      unit === 's' ? formats.minutes(units / 60) : formats.units(units, unit),
      formats.month(Date.parse(since)),
    ),
  );
}

function usedText(used: number, unit: UsedAllowance['unit'], { formats }: BillWords): string {
  return unit === 's' ? formats.minutes(Math.ceil(used / 60)) : formats.units(used, unit);
}

function allowanceTexts(allowance: UsedAllowance, words: BillWords) {
  const share = allowance.included ? allowance.used / allowance.included : 0;
  return { ...amountTexts(allowance, words), share };
}

function amountTexts({ unit, used, included, remaining }: UsedAllowance, words: BillWords) {
  const { texts, formats } = words;
  if (included === null || remaining === null) {
    return { text: usedText(used, unit, words), left: texts.unlimited };
  }
  const amounts = unit === 's' ? inMinutes(used, included, formats) : undefined;
  const left = amounts?.left ?? formats.units(remaining, unit);
  return {
    text: amounts?.text(texts) ?? texts.usedOf(formats.units(used, unit), formats.units(included, unit)),
    left: remaining === 0 ? texts.allUsed : texts.left(left),
  };
}

/** A plan of minutes is told in minutes. A started one is used, so that used and left make what is included. */
function inMinutes(used: number, included: number, formats: BillWords['formats']) {
  const started = Math.ceil(used / 60);
  const left = Math.max(0, included / 60 - started);
  return {
    text: (texts: BillWords['texts']) => texts.usedOf(formats.number(started), formats.minutes(included / 60)),
    left: formats.minutes(left),
  };
}

function totalsView(
  { totals, taxes }: BillDocument,
  words: BillWords,
  paymentStatus: PaymentStatus | undefined,
): TotalView[] {
  const { texts, formats } = words;
  const row = (label: string, amount: string, isMain = false) => ({ label, value: formats.amount(amount), isMain });
  const paid = paymentStatus?.paid ?? totals.paid;
  const hasMore = (amount: string) => !/^-?0(\.0*)?$/.test(amount);
  const balance = totals.balance.startsWith('-') ? texts.balanceUsed : texts.balanceOwed;
  const onTop = [
    ...(hasMore(totals.discount) ? [row(texts.discount, `-${totals.discount}`)] : []),
    ...(totals.credit === undefined ? [] : [row(texts.creditGranted, `-${totals.credit}`)]),
    ...taxes.map(({ label, base, amount, inclusive }) =>
      row((inclusive ? texts.taxIncluded : texts.taxOn)(label, formats.money(base)), amount),
    ),
  ];
  const below = [
    ...(hasMore(totals.balance) ? [row(balance, totals.balance)] : []),
    ...(totals.carried === undefined ? [] : [row(texts.carried, totals.carried)]),
    ...(hasMore(paid) ? [row(texts.paid, `-${paid}`)] : []),
  ];
  // Where nothing comes between two of them they are one and the same amount, and one row says it.
  return [
    ...(onTop.length === 0 ? [] : [row(texts.subtotal, totals.subtotal), ...onTop]),
    ...(onTop.length === 0 && below.length === 0 ? [] : [row(texts.total, totals.total, true), ...below]),
    row(texts.due, paymentStatus?.due ?? totals.due, true),
  ];
}
