import { findAccount } from '#shared/accounts/account-book.ts';
import { agreeOnMethod } from '#shared/accounts/paying-method.ts';
import { isPending, wakeLines } from '#shared/accounts/provisioning/wake-lines.ts';
import { type ToldInvoice, wakeConfirmed, wakeEnded } from '#shared/closing/wake-periods.ts';
import { isOwed } from '#shared/dunning/is-owed.ts';
import { beginDunning, wakeDunning } from '#shared/dunning/wake-dunning.ts';
import { wakeBill } from '#shared/invoicing/issue/wake-bill.ts';
import type { InvoiceNow } from './event-objects.ts';
import type { AccountReaction } from './reaction.ts';

// What an event may wake. None of these decides anything: each looks at what is now, and lets the due item decide.

/** The draft of a period that ended is there. Invoices made by hand or for something else close no period. */
export const endedPeriod: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  const told = invoice && toldOf(event.account, invoice);
  if (invoice?.status !== 'draft' || told === undefined) return;
  await wakeEnded(ledger, clock, { ...told, isStopped: invoice.isStopped }, invoice.next);
};

/** A person stopped the draft: closing has to look at it before it lets it through. */
export const stoppedDraft: AccountReaction = async (event, services) => {
  if ((await event.invoice())?.isStopped === true) await endedPeriod(event, services);
};

/** The four numbers can be compared as soon as the invoice is final. A void one was taken back. */
export const confirmedPeriod: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  if (invoice === undefined || invoice.status === 'draft' || invoice.status === 'void') return;
  const told = toldOf(event.account, invoice);
  if (told !== undefined) await wakeConfirmed(ledger, clock, told);
};

function toldOf(account: string, { id, subscription, reason, createdAt }: InvoiceNow): ToldInvoice | undefined {
  if (reason !== 'cycle' || subscription === undefined) return undefined;
  return { account, subscription, invoice: id, createdAt };
}

/** The invoice became final: its bill is made. It was paid, voided, given up: the bill says so from now on. */
export const bill: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  if (invoice === undefined || invoice.status === 'draft') return;
  await wakeBill(ledger, { account: event.account, invoice: invoice.id }, clock());
};

/** An invoice that is owed begins the account's dunning; anything else is news only where there was trouble before. */
export const debt: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  if (invoice !== undefined && isOwed(invoice)) await beginDunning(ledger, event.account, clock());
  else await wakeDunning(ledger, event.account, clock());
};

/** There may be another payment method, or a dispute: what that means is found out where there is a debt. */
export const openDebt: AccountReaction = async ({ account }, { ledger, clock }) => {
  await wakeDunning(ledger, account, clock());
};

/** There may be a payment method now, or a first invoice is paid. */
export const pendingLines: AccountReaction = async ({ id, account }, services) => {
  await wakeLines(services, { account, asker: `event:${id}`, which: isPending });
};

/** Somebody chose another payment method, or paid with one: the newer choice pays from now on. */
export const payingMethod: AccountReaction = async ({ account }, services) => {
  const item = await findAccount(services.ledger, account);
  const { stripeCustomer: customer, stripeSubscription: subscription } = item ?? {};
  if (customer === undefined || subscription === undefined) return;
  await agreeOnMethod(services, { account, customer, subscription });
};

/** The account's subscription is gone: no line is billed any more. An earlier one that was replaced is not news. */
export const linesOfSubscription: AccountReaction = async ({ id, account, object }, services) => {
  const item = await findAccount(services.ledger, account);
  if (item?.stripeSubscription !== object) return;
  const which = (line: Parameters<typeof isPending>[0]) =>
    line.state === 'active' || line.state === 'suspended' || isPending(line);
  await wakeLines(services, { account, asker: `event:${id}`, which });
};

/** A person lets the subscription go on: lines that were put aside with it are looked at again. */
export const resumedLines: AccountReaction = async ({ id, account, object }, services) => {
  const item = await findAccount(services.ledger, account);
  if (item?.stripeSubscription !== object) return;
  await wakeLines(services, { account, asker: `event:${id}`, which: ({ state }) => state === 'pending' });
};

/** A credit note lowers what is owed, or says that money went back: both are read at its invoice. */
export const creditedInvoice: AccountReaction = async ({ account, object }, { ledger, clock, objects }) => {
  const invoice = object === undefined ? undefined : await objects.creditedInvoice(object);
  if (invoice !== undefined) await wakeBill(ledger, { account, invoice }, clock());
  await wakeDunning(ledger, account, clock());
};
