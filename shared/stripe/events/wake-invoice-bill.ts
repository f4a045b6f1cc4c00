import { wakeBill } from '#shared/invoicing/issue/wake-bill.ts';
import type { AccountReaction } from './reaction.ts';

/** The invoice became final: its bill is made. It was paid, voided, given up: the bill says so from now on. */
export const makeBill: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  if (invoice === undefined || invoice.status === 'draft') return;
  await wakeBill(ledger, { account: event.account, invoice: invoice.id }, clock());
};
