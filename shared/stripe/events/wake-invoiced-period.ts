import { type ToldInvoice, wakeConfirmed, wakeEnded } from '#shared/closing/wake-periods.ts';
import type { InvoiceNow } from './event-objects.ts';
import type { AccountReaction } from './reaction.ts';

/** The draft of a period that ended is there. Invoices made by hand or for something else close no period. */
export const closeEndedPeriod: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  const told = invoice && toldOf(event.account, invoice);
  if (invoice?.status === 'draft' && told !== undefined) await wakeEnded(ledger, clock, told, invoice.next);
};

/** The four numbers can be compared as soon as the invoice is final. A void one was taken back. */
export const compareConfirmedPeriod: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  if (invoice === undefined || invoice.status === 'draft' || invoice.status === 'void') return;
  const told = toldOf(event.account, invoice);
  if (told !== undefined) await wakeConfirmed(ledger, clock, told);
};

function toldOf(account: string, { id, subscription, isCycle, createdAt }: InvoiceNow): ToldInvoice | undefined {
  if (!isCycle || subscription === undefined) return undefined;
  return { account, subscription, invoice: id, createdAt };
}
