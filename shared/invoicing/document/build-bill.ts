import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { SECTIONS, type Section } from '#shared/catalog/billable.ts';
import { bankAccountOf, brandOf } from '#shared/catalog/brand.ts';
import { offersOf, type PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { inLanguage } from '#shared/catalog/names.ts';
import type { Locale } from '#shared/locale/locales.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, decimal, printDecimal, ZERO } from '#shared/money/decimal.ts';
import { majorOf } from '#shared/money/minor-units.ts';
import { type Instant, type Period, printInstant } from '#shared/platform/instant.ts';
import type { RatedPeriod } from '#shared/rating/rated-period.ts';
import { transferOf } from '#shared/transfer/transfer.ts';
import type { BilledInvoice, InvoicedLine } from '../issue/billed-invoice.ts';
import { changesSince } from '../issue/changes-since.ts';
import { billId, type IssuedBill, type ItemOfBill } from '../objects/bill-item.ts';
import { billWords } from '../view/bill-words.ts';
import { earlierBills } from '../view/earlier-bills.ts';
import { allowancesUsed } from './allowances-used.ts';
import type { BillDocument, BillLine, BillRecord, BillSection } from './bill-document.ts';
import { type BillLineDependencies, billLine } from './bill-lines.ts';
import { type BillRates, billRates } from './bill-rates.ts';
import { differencesOf } from './differences-of.ts';
import { type MadeLine, withFeeChanges } from './fee-changes.ts';
import { sellerOf } from './seller-of.ts';
import { type Sold, soldPrices } from './sold-prices.ts';
import type { UsageOfBill } from './usage-of-bill.ts';

export interface BillInput {
  /** Final. */
  readonly invoice: BilledInvoice;
  readonly account: Pick<
    AccountItem,
    'account' | 'name' | 'email' | 'phone' | 'address' | 'locale' | 'timezone' | 'itemised' | 'maskPeers' | 'brand'
  > & {
    /** A company, by its segment or a tax number. */
    readonly isBusiness?: boolean | undefined;
  };
  /** All lines of the account, in the order in which they came. */
  readonly lines: readonly Pick<SubscriberLine, 'line' | 'msisdn' | 'plans' | 'billed' | 'addOns'>[];
  /** In order of their dates. A period's bill: those that it was frozen with. */
  readonly catalogs: readonly PublishedCatalog[];
  /** All that are published now: only to name what has been sold since. */
  readonly published?: readonly PublishedCatalog[];
  /** The period that the invoice bills, rated from its frozen records; `undefined`: it bills no usage. */
  readonly rated: RatedPeriod | undefined;
  /** Sums of those records; there with `rated`. */
  readonly usage: UsageOfBill | undefined;
  /** Those of them that stand on the bill, by line, kind and time: all, or the first of a long list. */
  readonly records: readonly BillRecord[];
  /** How many there are in all, where they lie beside the bill. */
  readonly annex?: BillDocument['annex'];
  /** Of the frozen records. */
  readonly manifest: { readonly digest: string; readonly records: number };
  /** The account's bill before this one. */
  readonly previous: BillDocument | undefined;
  /** The account's other bills, newest first. */
  readonly others?: readonly ItemOfBill[];
}

export type BuiltBill =
  | { readonly bill: BillDocument; readonly rates: BillRates | undefined; readonly use: IssuedBill['use'] }
  /** Figures that should be one and the same and are not: there is no bill until a person has looked. */
  | { readonly differs: Readonly<Record<string, string>> };

/**
 * The bill of a final invoice (contract section 6): a pure function of the invoice, the frozen records, the account and
 * the catalog. What was paid is left out, so that it does not matter when the bill is built.
 */
export function buildBill(input: BillInput): BuiltBill {
  const { invoice, account, catalogs, rated, usage, manifest } = input;
  const { currency } = invoice;
  const sold = soldPrices([...(input.published ?? []), ...catalogs]);
  const differs = differencesOf(invoice, rated, sold);
  if (Object.keys(differs).length > 0) return { differs };

  const finalisedAt = invoice.finalisedAt ?? invoice.createdAt;
  const own = ownWords(catalogs, account.locale, finalisedAt);
  const words = billWords({ locale: account.locale, currency, timezone: account.timezone, words: own });
  const making: BillLineDependencies = {
    currency,
    words,
    lines: input.lines,
    catalogs,
    rated,
    uses: usage?.byCharge,
  };
  const issued = { issuedAt: finalisedAt, timezone: account.timezone };
  const before = earlierBills(input.others ?? [], issued, words, finalisedAt);
  const brand = brandOf(catalogs, account, finalisedAt);
  const number = invoice.number ?? invoice.id;
  // What is charged to a card, or would have been, is not to be paid twice.
  const bank =
    invoice.dueAt === undefined ? undefined : brand && bankAccountOf(brand, account.address?.country, currency);
  const transfer = transferOf(bank, currency, number);
  const major = (minor: bigint) => majorOf(minor, currency);
  const sections = sectionsOf(making, invoice, sold);
  // Less than the provider charges, or a total below zero, goes to the balance; what is not used of it stays there.
  const carried = invoice.asked - invoice.total - invoice.balance;
  const bill: BillDocument = {
    format: 1,
    id: billId(invoice.id),
    number,
    account: account.account,
    stripeInvoice: invoice.id,
    locale: account.locale,
    timezone: account.timezone,
    issuedAt: printInstant(finalisedAt),
    dueAt: printInstant(invoice.dueAt ?? finalisedAt),
    period: printPeriod(rated?.period ?? periodOf(invoice)),
    currency,
    seller: sellerOf(brand, account, invoice.seller, words.texts),
    subscriber: {
      name: account.name,
      accountNumber: account.account,
      address: account.address ?? null,
      email: account.email,
      phone: account.phone ?? null,
    },
    ...(before.length > 0 && { before }),
    changes: input.previous === undefined ? null : changesSince(input.previous, sections, major(invoice.total), words),
    sections,
    ...linesOf(input.lines, sections, currency),
    ...(rated === undefined ? { allowances: [] } : allowancesUsed(rated, input, words)),
    ...historyOf(input, major(invoice.total), finalisedAt),
    records: account.itemised ? [...input.records] : null,
    ...(account.itemised && input.annex !== undefined && { annex: input.annex }),
    ...(catalogs.at(-1)?.freeCalls !== 'listed' && { freeCalls: 'left-out' }),
    taxes: invoice.taxes.map(({ name, rate, base, amount, inclusive }) => ({
      label: words.texts.tax(name, words.formats.number(rate)),
      rate,
      base: major(base),
      amount: major(amount),
      inclusive,
    })),
    totals: {
      subtotal: major(invoice.subtotal),
      discount: major(invoice.discount),
      ...(invoice.credit !== 0n && { credit: major(invoice.credit) }),
      tax: major(invoice.taxes.reduce((sum, { amount }) => sum + amount, 0n)),
      total: major(invoice.total),
      balance: major(invoice.balance),
      ...(carried !== 0n && { carried: major(carried) }),
      paid: major(0n),
      due: major(invoice.asked),
    },
    payment: {
      status: 'open',
      methods: [isCharged(invoice) ? 'automatic' : 'transfer'],
      payUrl: null,
      ...(transfer !== undefined && { transfer }),
    },
    proof: { algorithm: 'sha-256', ...manifest },
    ...(Object.keys(own).length > 0 && { words: own }),
  };
  const use = rated && usage && { end: rated.period.end, kinds: usage.byKind.sums() };
  return { bill, rates: usage && billRates(usage.rates(), catalogs, sections), use };
}

/** With this one: at most as many as fit in half a year. */
const MOST_PERIODS = 6;

/** Bills of no usage have no part in it. */
function historyOf({ rated, usage, others = [] }: BillInput, total: string, issuedAt: Instant) {
  if (rated === undefined || usage === undefined) return {};
  const earlier = others.flatMap(({ bill }) => {
    const { use, periodStart, total: came } = bill;
    if (use === undefined || periodStart === undefined || bill.issuedAt >= issuedAt) return [];
    return [{ period: printPeriod({ start: periodStart, end: use.end }), use: use.kinds, total: came }];
  });
  if (earlier.length === 0) return {};
  const current = { period: printPeriod(rated.period), use: usage.byKind.sums(), total };
  return { history: [...earlier.slice(0, MOST_PERIODS - 1).reverse(), current] };
}

/** By itself. Where nothing is stored to charge, the subscriber has to pay, whatever was agreed on. */
function isCharged({ dueAt, hasMethod }: BilledInvoice): boolean {
  return dueAt === undefined && hasMethod;
}

/** The operator's texts of bills as they are then, by key without `bill.`, and names of kinds, under `kind.<id>`. */
function ownWords(catalogs: readonly PublishedCatalog[], locale: Locale, at: Instant): Record<string, string> {
  const inForce = catalogs.findLast(({ effectiveFrom }) => effectiveFrom <= at);
  const bills = Object.entries(inForce?.texts[locale] ?? {}).filter(([key]) => key.startsWith('bill.'));
  const kinds = Object.entries(inForce?.names ?? {}).flatMap(([key, names]) => {
    const name = inLanguage(names, locale);
    return name === undefined || !isKind(inForce, key) ? [] : [[`kind.${key}`, name] as const];
  });
  return Object.fromEntries([...bills.map(([key, text]) => [key.slice('bill.'.length), text] as const), ...kinds]);
}

function isKind(catalog: PublishedCatalog | undefined, id: string): boolean {
  return (catalog === undefined ? [] : offersOf(catalog)).some(({ charges }) =>
    charges.some(({ kind }) => kind === id),
  );
}

/** Without usage: what the lines are about. */
function periodOf({ lines, periodEnd }: BilledInvoice): Period {
  if (lines.length === 0) return { start: periodEnd, end: periodEnd };
  return {
    start: Math.min(...lines.map(({ period }) => period.start)),
    end: Math.max(...lines.map(({ period }) => period.end)),
  };
}

function printPeriod({ start, end }: Period) {
  return { start: printInstant(start), end: printInstant(end) };
}

/** Those that have lines, in the contract's order. */
function sectionsOf(
  making: BillLineDependencies,
  invoice: BilledInvoice,
  sold: ReadonlyMap<string, Sold>,
): BillSection[] {
  const bySection = Map.groupBy(invoice.lines, line => sectionOf(line, soldAs(line.price, sold)));
  return SECTIONS.flatMap(id => {
    const invoiced = bySection.get(id);
    if (invoiced === undefined) return [];
    const made = invoiced
      .map((line): MadeLine => {
        const soldLine = soldAs(line.price, sold);
        return { line, sold: soldLine, made: billLine(making, line, soldLine) };
      })
      .sort(
        (a, b) => order(a.line.isProration, a.made) - order(b.line.isProration, b.made) || byPeriod(a.made, b.made),
      );
    const { lines, changes } = withFeeChanges(making, made);
    const subtotal = majorOf(
      invoiced.reduce((sum, { amount }) => sum + amount, 0n),
      making.currency,
    );
    const title = making.words.texts.sections[id];
    return [{ id, title, lines: [...lines], ...(changes.length > 0 && { changes: [...changes] }), subtotal }];
  });
}

/** The sums of the account's lines, where there are several. */
function linesOf(lines: BillInput['lines'], sections: readonly BillSection[], currency: string) {
  const rows = sections.flatMap(section => [
    ...section.lines.filter(({ change }) => change === undefined),
    ...(section.changes ?? []),
  ]);
  const sums = new Map<string, Decimal>();
  for (const { line, amount } of rows.flatMap(({ shares }) => shares)) {
    sums.set(line, add(sums.get(line) ?? ZERO, decimal(amount)));
  }
  const shown = lines.filter(({ line, billed }) => billed || sums.has(line));
  if (shown.length < 2) return {};
  return {
    lines: shown.map(({ line, msisdn }) => ({
      line,
      number: msisdn,
      amount: printDecimal(sums.get(line) ?? ZERO, minorDigits(currency)),
    })),
  };
}

function soldAs(price: string | undefined, sold: ReadonlyMap<string, Sold>): Sold | undefined {
  return price === undefined ? undefined : sold.get(price);
}

function sectionOf({ amount, adjustment }: InvoicedLine, sold: Sold | undefined): Section {
  if (sold !== undefined) return sold.section;
  if (adjustment !== undefined) return adjustment.section;
  return amount < 0n ? 'credits' : 'one-off';
}

/** Whole fees first, then what was added and taken back inside a period. */
function order(isProration: boolean, line: BillLine): number {
  if (!isProration) return 0;
  return line.amount.startsWith('-') ? 2 : 1;
}

function byPeriod(a: BillLine, b: BillLine): number {
  const one = `${a.period.start}\0${a.label}`;
  const other = `${b.period.start}\0${b.label}`;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** As it is written, read and compared: the same bill is the same bytes. */
export function printBill(bill: BillDocument): string {
  return JSON.stringify(bill);
}
