import { createHash } from 'node:crypto';
import * as z from 'zod';
import { findAccount, linesOf } from '#shared/accounts/account-book.ts';
import type { AccountItem } from '#shared/accounts/account-item.ts';
import { PERIOD_PREFIX } from '#shared/accounts/period-item.ts';
import { manifestOf } from '#shared/metering/manifest.ts';
import { ClosingPeriod, type FrozenPeriod } from '#shared/metering/period-closing.ts';
import { ASLEEP, backOff, isTaken, underLease, wakesAt } from '#shared/platform/due.ts';
import { Failure } from '#shared/platform/failure.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { type Clock, DAY, type Instant, MINUTE } from '#shared/platform/instant.ts';
import type { Key, Write } from '#shared/platform/table.ts';
import type { BillDocument } from '../document/bill-document.ts';
import { majorOf } from '../document/bill-lines.ts';
import { printRates } from '../document/bill-rates.ts';
import { type BuiltBill, buildBill, printBill } from '../document/build-bill.ts';
import { billCsv } from '../objects/bill-csv.ts';
import { BillItem, billItemKey, billPlaceItem, billsOf, IssuedBill, PaymentStatus } from '../objects/bill-item.ts';
import {
  type BillObjects,
  type BillPart,
  billObjectKey,
  CONTENT_TYPES,
  parseBill,
  readBillDocument,
} from '../objects/bill-objects.ts';
import { type FrozenRatingDependencies, rateFrozen } from '../rate-frozen.ts';
import { billMessages } from './bill-messages.ts';
import type { BilledInvoice, BilledInvoices } from './billed-invoice.ts';

export interface IssueBillDependencies extends FrozenRatingDependencies {
  readonly clock: Clock;
  readonly invoices: BilledInvoices;
  readonly objects: BillObjects;
  /** The bill on paper. */
  readonly printPdf: (bill: BillDocument) => Promise<Uint8Array>;
}

// The bill of one invoice; every arrow is a run under the item's lease, repeated with back-off until it is through.
//
//   event, or the period closed ──▶ item wakes ──▶ invoice read again
//     draft: later · void before it was issued: nothing
//     final ──▶ built from the frozen period ──▶ .json written if it is not there ──▶ .pdf, .csv, rates beside it
//           ──▶ item, look-up item, a message by each of the account's ways                                (one write)
//     issued before ──▶ what was paid is noted; the document stays
//
// - Died before the last write: built anew; the first .json that was written is the bill, whatever is built later.
// - Differences: a case and no bill; tried again once a day and with every event.

/** Handles a wake-up of kind `bill`. An old or doubled wake-up changes nothing. */
export async function issueBill(services: IssueBillDependencies, key: Key): Promise<void> {
  const item = await services.table.get(key, BillItem);
  if (item === undefined || !isTaken(item)) return;
  try {
    await work(services, item);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.retryable) await later(services, item);
    else await stopAt(services, item, 'bill-refused', { failure: error.code });
  }
}

async function work(services: IssueBillDependencies, item: BillItem): Promise<void> {
  const invoice = await services.invoices.read(item.invoice);
  if (item.bill !== undefined) return noteStanding(services, item, invoice);
  if (invoice.status === 'draft') return later(services, item);
  if (invoice.status === 'void') return rest(services, item);

  const account = await findAccount(services.table, item.account);
  if (account === undefined) throw new Error('A bill without its account.');
  const period = invoice.reason === 'cycle' ? await periodOf(services, account, invoice) : undefined;
  if (period !== undefined && period.frozen === undefined) return later(services, item);
  const built = await build(services, account, invoice, period?.frozen && { ...period, frozen: period.frozen });
  if ('differs' in built) return stopAt(services, item, 'bill-differs', built.differs);
  const { bill, ...digests } = await keep(services, built);
  await writeIssued(services, { item, account, invoice, ...digests, periodStart: period?.start }, bill);
}

type Frozen = ClosingPeriod & { readonly frozen: FrozenPeriod };

async function build(
  services: IssueBillDependencies,
  account: AccountItem,
  invoice: BilledInvoice,
  period: Frozen | undefined,
) {
  const { table } = services;
  const finalisedAt = invoice.finalisedAt ?? invoice.createdAt;
  const earlier = (await billsOf(table, account.account)).find(({ bill }) => bill.issuedAt < finalisedAt);
  const nothing = { digest: manifestOf([]).digest, records: 0 };
  return buildBill({
    invoice,
    account,
    lines: await linesOf(table, account.account),
    catalogs: await services.catalogs(),
    rated: period && (await rateFrozen(services, account, period, period.frozen)),
    manifest: period === undefined ? nothing : { digest: period.frozen.digest, records: period.frozen.records },
    previous: earlier && (await readBillDocument(services.objects, account.account, earlier.bill.id)),
  });
}

/** Drafts wait three days at most. */
const LOOK_BACK = 5 * DAY;

/** The period whose end made the invoice. None for a subscription that somebody else gave the same customer. */
async function periodOf(
  { table }: IssueBillDependencies,
  { account }: AccountItem,
  { createdAt, subscription }: BilledInvoice,
): Promise<ClosingPeriod | undefined> {
  const newest = { pk: `account#${account}`, beginsWith: PERIOD_PREFIX, newestFirst: true, consistent: true };
  for await (const period of table.query(newest, ClosingPeriod)) {
    if (period.end < createdAt - LOOK_BACK) return undefined;
    if (period.subscription === subscription && period.end <= createdAt + MINUTE) return period;
  }
  return undefined;
}

/** What was written first is the bill; paper and table are made of that. */
async function keep(
  services: IssueBillDependencies,
  { bill: built, records, rates }: Extract<BuiltBill, { bill: BillDocument }>,
) {
  const { objects } = services;
  const place = (part: BillPart) => billObjectKey(built.account, built.id, part);
  const own = Buffer.from(printBill(built));
  const first = await objects.writeOnce(place('json'), own, CONTENT_TYPES.json);
  const bytes = first ? own : ((await objects.read(place('json'))) ?? own);
  const bill = first ? built : parseBill(bytes);
  await objects.write(place('csv'), Buffer.from(billCsv(records, bill.currency)), CONTENT_TYPES.csv);
  await objects.write(place('pdf'), await services.printPdf(bill), CONTENT_TYPES.pdf);
  const kept = rates && Buffer.from(printRates(rates));
  if (kept !== undefined) await objects.write(place('rates'), kept, CONTENT_TYPES.json);
  return { bill, digest: sha256(bytes), ratesDigest: kept && sha256(kept) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

interface Issue {
  readonly item: BillItem;
  readonly account: AccountItem;
  readonly invoice: BilledInvoice;
  readonly digest: string;
  readonly ratesDigest: string | undefined;
  readonly periodStart: Instant | undefined;
}

async function writeIssued(services: IssueBillDependencies, issue: Issue, document: BillDocument): Promise<void> {
  const { item, account, invoice, digest, ratesDigest, periodStart } = issue;
  const paymentStatus = paymentStatusOf(invoice);
  const bill: IssuedBill = {
    id: document.id,
    number: document.number,
    issuedAt: Date.parse(document.issuedAt),
    dueAt: Date.parse(document.dueAt),
    currency: document.currency,
    total: document.totals.total,
    periodStart,
    digest,
    ratesDigest,
  };
  const set = {
    bill: z.encode(IssuedBill, bill),
    standing: z.encode(PaymentStatus, paymentStatus),
    failures: 0,
    caseOpen: undefined,
    ...ASLEEP,
  };
  await services.table.transact([
    { update: keyOf(item), change: { set }, condition: underLease(item) },
    { put: billPlaceItem(bill.id, item.account, item.invoice) },
    ...billMessages(account, document, { invoice, standing: paymentStatus }, services.clock()),
  ]);
}

function noteStanding(services: IssueBillDependencies, item: BillItem, invoice: BilledInvoice): Promise<void> {
  return rest(services, item, { standing: z.encode(PaymentStatus, paymentStatusOf(invoice)), failures: 0 });
}

function paymentStatusOf(invoice: BilledInvoice): PaymentStatus {
  return {
    status: invoice.status === 'draft' ? 'open' : invoice.status,
    paid: majorOf(invoice.paid, invoice.currency),
    due: majorOf(invoice.status === 'open' ? invoice.remaining : 0n, invoice.currency),
    paidAt: invoice.paidAt,
    payUrl: invoice.status === 'open' ? invoice.payUrl : undefined,
  };
}

async function later(services: IssueBillDependencies, item: BillItem): Promise<void> {
  const failures = item.failures + 1;
  const wake = wakesAt(keyOf(item), backOff(failures, services.clock()));
  await services.table.update(keyOf(item), { set: { failures, ...wake } }, underLease(item));
}

async function rest(services: IssueBillDependencies, item: BillItem, set = {}): Promise<void> {
  await services.table.update(keyOf(item), { set: { ...set, ...ASLEEP } }, underLease(item));
}

/** A person must look; tried again once a day all the same, because the cause may go away. */
async function stopAt(
  services: IssueBillDependencies,
  item: BillItem,
  code: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  const now = services.clock();
  const key = keyOf(item);
  const set = { failures: item.failures + 1, caseOpen: code, ...wakesAt(key, now + DAY) };
  const opened: Write[] =
    item.caseOpen === code ? [] : [{ put: incidentItem({ code, subject: key, openedAt: now, detail }) }];
  await services.table.transact([{ update: key, change: { set }, condition: underLease(item) }, ...opened]);
}

function keyOf({ account, invoice }: BillItem): Key {
  return billItemKey(account, invoice);
}
