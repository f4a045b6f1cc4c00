import { ownerOfCustomer } from '#shared/accounts/records/customer-owner.ts';
import { CHANNEL_NAMES } from '#shared/contact/channels.ts';
import { DunningItem, dunningKey } from '#shared/dunning/dunning-item.ts';
import { isOwed, waitsForPayment } from '#shared/dunning/is-owed.ts';
import { BillItem, billItemKey } from '#shared/invoicing/objects/bill-item.ts';
import { MessageItem, messageKey } from '#shared/messages/order/message.ts';
import { majorOf } from '#shared/money/minor-units.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { type Clock, DAY, type Instant, printInstant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { EventMessage } from './event-message.ts';
import type { InvoiceNow } from './event-objects.ts';
import { payLinkId } from './send-pay-link.ts';

// What events of invoices bring, the invoices themselves show as well. So they are walked regularly, and compared with what
// the ledger knows. A difference is handed over as the event that did not come, and leads to the same:
//
//   final, and no bill was asked for                        a first bill, a change's bill
//   paid, voided or given up, and the bill does not say so  what was paid, the end of a debt
//   owed, and dunning neither knows it nor is about to look the beginning of dunning
//   a first one unpaid, and no link was sent                the pay link
//   a draft that could not be made final                    the case
//
// The walk itself reads nothing but a list: no call for each invoice.

/** Port: all open invoices, and those made since then. */
export type ListInvoices = (since: Instant) => AsyncIterable<InvoiceNow>;

export interface WalkServices {
  readonly ledger: Table;
  readonly clock: Clock;
  readonly listInvoices: ListInvoices;
  readonly handOver: (messages: readonly EventMessage[]) => Promise<void>;
}

/** Before the time that the run looks at: an invoice changes most within a day and a half of its making. */
const RECENT = 1.5 * DAY;
const AT_ONCE = 100;
const SIDE_BY_SIDE = 20;

/** Returns how many invoices differ from what is known of them. */
export async function walkInvoices(
  { ledger, clock, listInvoices, handOver }: WalkServices,
  since: Instant,
): Promise<number> {
  const now = clock();
  let differing = 0;
  let some: InvoiceNow[] = [];
  const look = async () => {
    const told = await allInParallel(some, SIDE_BY_SIDE, invoice => eventInsteadOf(ledger, invoice, now));
    const messages = told.filter(message => message !== undefined);
    await handOver(messages);
    differing += messages.length;
    some = [];
  };
  for await (const invoice of listInvoices(Math.min(since, now - RECENT))) {
    some.push(invoice);
    if (some.length === AT_ONCE) await look();
  }
  await look();
  return differing;
}

/** The event that would have brought what the ledger does not know; `undefined`: it knows, or the invoice is not ours. */
async function eventInsteadOf(ledger: Table, invoice: InvoiceNow, now: Instant): Promise<EventMessage | undefined> {
  const account = invoice.customer && (await ownerOfCustomer(ledger, invoice.customer));
  if (account === undefined || !(await differs(ledger, account, invoice))) return undefined;
  const type = invoice.status === 'draft' ? 'invoice.finalization_failed' : 'invoice.finalized';
  const id = `walk:${invoice.id}:${printInstant(now)}`;
  return { id, type, object: invoice.id, customer: invoice.customer, createdAt: now, fetched: true };
}

async function differs(ledger: Table, account: string, invoice: InvoiceNow): Promise<boolean> {
  if (invoice.status === 'draft') return invoice.finalisationError !== undefined;
  const bill = await ledger.get(billItemKey(account, invoice.id), BillItem);
  if (bill === undefined) return invoice.status !== 'void';
  const { standing } = bill;
  if (standing !== undefined && !(standing.status === invoice.status && standing.due === dueOf(invoice))) return true;
  if (invoice.status !== 'open' || invoice.remaining <= 0n) return false;
  if (waitsForPayment(invoice)) return !(await wasLinkSent(ledger, account, invoice.id));
  return isOwed(invoice) && !(await isFollowed(ledger, account, invoice.id));
}

function dueOf({ status, remaining, currency }: InvoiceNow): string {
  return majorOf(status === 'open' ? remaining : 0n, currency);
}

async function wasLinkSent(ledger: Table, account: string, invoice: string): Promise<boolean> {
  for (const channel of CHANNEL_NAMES) {
    const message = await ledger.get(messageKey(account, payLinkId(invoice, channel)), MessageItem);
    if (message !== undefined) return true;
  }
  return false;
}

/** A case that knows the debt, or one that looks at all of it at its next moment. */
async function isFollowed(ledger: Table, account: string, invoice: string): Promise<boolean> {
  const dunning = await ledger.get(dunningKey(account), DunningItem);
  if (dunning === undefined) return false;
  return dunning.wakeAt !== undefined || dunning.debt.some(owed => owed.invoice === invoice);
}
