import * as z from 'zod';
import { accountOf } from '#shared/accounts/account-book.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { settlePlaced } from '#shared/adjustments/change-adjustments.ts';
import { pendingAdjustments } from '#shared/adjustments/read-adjustments.ts';
import { majorOf } from '#shared/money/minor-units.ts';
import { sha256 } from '#shared/platform/digest.ts';
import { type DueRun, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import { type Clock, DAY, type Instant } from '#shared/platform/instant.ts';
import type { Key } from '#shared/platform/table.ts';
import type { BillDocument } from '../document/bill-document.ts';
import { MOST_IN_PROOF } from '../document/bill-proof.ts';
import { printRates } from '../document/bill-rates.ts';
import { printBill } from '../document/build-bill.ts';
import { billCsv } from '../objects/bill-csv.ts';
import { BillItem, billPlaceItem, IssuedBill, PaymentStatus } from '../objects/bill-item.ts';
import { type BillPart, billObjectKey, CONTENT_TYPES, parseBill } from '../objects/bill-objects.ts';
import { billSheet } from '../objects/bill-sheet.ts';
import { orderAnnex } from '../records/annex-item.ts';
import type { RecordIndex } from '../records/record-index.ts';
import { writeIndex } from '../records/record-objects.ts';
import { billMessages } from './bill-messages.ts';
import { type BillDependencies, billOf, type MadeBill, periodOf } from './bill-of.ts';
import type { BilledInvoice, BilledInvoices } from './billed-invoice.ts';

export interface IssueBillDependencies extends BillDependencies {
  readonly clock: Clock;
  readonly invoices: BilledInvoices;
  /** The bill on paper. */
  readonly printPdf: (bill: BillDocument) => Promise<Uint8Array>;
}

// The bill of one invoice; every arrow is a run under the item's lease, repeated with back-off until it is through.
//
//   event, or the period closed ──▶ item wakes ──▶ invoice read again
//     draft: later · void before it was issued: nothing
//     final ──▶ built from what the period was frozen with ──▶ .json written if it is not there ──▶ .pdf, .csv, .sheet.csv, rates beside it
//           ──▶ item, look-up item, a message by each of the account's ways, the order for a long annex    (one write)
//     issued before ──▶ what was paid is noted; the document stays
//
// - Died before the last write: built anew; the first .json that was written is the bill, whatever is built later.
// - Differences: a case and no bill; tried again once a day and with every event.

/** Handles a wake-up of kind `bill`. An old or doubled wake-up changes nothing. */
export async function issueBill(services: IssueBillDependencies, key: Key): Promise<void> {
  const rules = refusedAs('bill-refused');
  await workOnDue(services, { key, schema: BillItem, rules }, run => work(services, run));
}

async function work(services: IssueBillDependencies, run: DueRun<BillItem>): Promise<void> {
  const { item } = run;
  const invoice = await services.invoices.read(item.invoice);
  if (item.bill !== undefined) {
    return run.finish({ set: { standing: z.encode(PaymentStatus, paymentStatusOf(invoice)) } });
  }
  if (invoice.status === 'draft') return run.putOff();
  if (invoice.status === 'void') return run.finish();

  const account = await accountOf(services.table, item.account);
  const period = await periodOf(services, invoice, item.account);
  if (period === 'not-frozen') return run.putOff();
  const built = await billOf(services, account, invoice, period);
  if ('differs' in built) {
    // The cause may go away: looked at again every day.
    return run.putOff({ trouble: { code: 'bill-differs', detail: built.differs } }, services.clock() + DAY);
  }
  await noteAdjustments(services, item, invoice);
  const { bill, ...digests } = await keep(services, built);
  await writeIssued(run, { account, invoice, ...digests, periodStart: period?.start }, bill, services.clock());
}

/** What was put on the invoice is billed with it; what did not get onto it in time waits for the next one. */
async function noteAdjustments({ table }: IssueBillDependencies, { account }: BillItem, invoice: BilledInvoice) {
  const pending = await pendingAdjustments(table, account);
  const onInvoice = new Set(invoice.lines.flatMap(({ adjustment }) => adjustment?.id ?? []));
  await settlePlaced(table, pending, invoice.id, onInvoice);
}

/** What was written first is the bill; paper and table are made of that. */
async function keep(services: IssueBillDependencies, made: Extract<MadeBill, { bill: BillDocument }>) {
  const { objects } = services;
  const { bill: built, records, rates, use } = made;
  const place = (part: BillPart) => billObjectKey(built.account, built.id, part);
  const ownBytes = Buffer.from(printBill(built));
  const first = await objects.writeOnce(place('json'), ownBytes, CONTENT_TYPES.json);
  const bytes = first ? ownBytes : ((await objects.read(place('json'))) ?? ownBytes);
  const bill = first ? built : parseBill(bytes);
  if (records.index === undefined) {
    await objects.write(place('csv'), Buffer.from(billCsv(records.all, bill.currency)), CONTENT_TYPES.csv);
  }
  const annex = records.index && {
    index: records.index,
    digest: await writeIndex(objects, bill.account, bill.id, records.index),
  };
  // The records of a long list are in the table for machines and on papers of their own.
  const sheet = records.index === undefined ? bill : { ...bill, records: null };
  await objects.write(place('sheet.csv'), Buffer.from(billSheet(sheet)), CONTENT_TYPES['sheet.csv']);
  await objects.write(place('pdf'), await services.printPdf(bill), CONTENT_TYPES.pdf);
  const kept = rates && Buffer.from(printRates(rates));
  if (kept !== undefined) await objects.write(place('rates'), kept, CONTENT_TYPES.json);
  return { bill, digest: sha256(bytes), ratesDigest: kept && sha256(kept), annex, use };
}

interface Issue {
  readonly account: AccountItem;
  readonly invoice: BilledInvoice;
  readonly digest: string;
  readonly ratesDigest: string | undefined;
  readonly periodStart: Instant | undefined;
  readonly use: IssuedBill['use'];
  /** Where its records are; `undefined`: in the document. */
  readonly annex: { readonly index: RecordIndex; readonly digest: string } | undefined;
}

async function writeIssued(run: DueRun<BillItem>, issue: Issue, document: BillDocument, now: Instant): Promise<void> {
  const { account, invoice, digest, ratesDigest, periodStart, use, annex } = issue;
  const index = annex?.index;
  const { id } = document;
  const papers = document.records === null ? 0 : (index?.parts.length ?? 0);
  const paymentStatus = paymentStatusOf(invoice);
  const bill: IssuedBill = {
    id,
    number: document.number,
    issuedAt: Date.parse(document.issuedAt),
    dueAt: Date.parse(document.dueAt),
    currency: document.currency,
    total: document.totals.total,
    asked: document.totals.due,
    automatic: document.payment.methods.includes('automatic'),
    periodStart,
    use,
    digest,
    ...(annex !== undefined && { annex: { records: annex.index.records, papers, digest: annex.digest } }),
    ratesDigest,
  };
  await run.finish({
    set: { bill: z.encode(IssuedBill, bill), standing: z.encode(PaymentStatus, paymentStatus) },
    beside: [
      { put: billPlaceItem(bill.id, run.item.account, run.item.invoice) },
      ...(isLong(document, index)
        ? [orderAnnex({ ...run.item, bill: id, hasTable: index !== undefined, papers }, now)]
        : []),
      ...billMessages(account, document, paymentStatus, now),
    ],
  });
}

/** What it was made from, or its records, are more than an answer holds. */
function isLong({ proof }: BillDocument, index: RecordIndex | undefined): boolean {
  return index !== undefined || proof.records > MOST_IN_PROOF;
}

function paymentStatusOf(invoice: BilledInvoice): PaymentStatus {
  return {
    status: invoice.status === 'draft' ? 'open' : invoice.status,
    paid: majorOf(invoice.paid, invoice.currency),
    due: majorOf(invoice.status === 'open' ? invoice.remaining : 0n, invoice.currency),
    paidAt: invoice.paidAt,
    payUrl: invoice.status === 'open' ? invoice.payUrl : undefined,
    collection: invoice.status === 'open' ? collectionOf(invoice) : undefined,
  };
}

function collectionOf({ dueAt, reason, attempted, pending }: BilledInvoice): PaymentStatus['collection'] {
  if (pending) return 'pending';
  if (dueAt !== undefined) return undefined;
  if (reason === 'first') return 'by-hand';
  return attempted ? 'failed' : 'scheduled';
}
