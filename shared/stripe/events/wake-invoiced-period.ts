import { wakeConfirmed, wakeEnded } from '#shared/accounts/wake-periods.ts';
import type { AccountReaction } from './reaction.ts';

/** The draft of a period that ended is there. Invoices made by hand or for something else close no period. */
export const closeEndedPeriod: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  if (invoice?.status !== 'draft' || !invoice.isCycle || invoice.subscription === undefined) return;
  await wakeEnded(ledger, clock, { account: event.account, subscription: invoice.subscription });
};

/** The four numbers can be compared as soon as the invoice is final. */
export const compareConfirmedPeriod: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  if (invoice === undefined || invoice.status === 'draft' || !invoice.isCycle) return;
  if (invoice.subscription === undefined) return;
  await wakeConfirmed(ledger, clock, { account: event.account, subscription: invoice.subscription });
};
