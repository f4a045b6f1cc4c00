import { beginDunning, wakeDunning } from '#shared/dunning/wake-dunning.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { ABSENT } from '#shared/platform/table.ts';
import type { AccountReaction } from './reaction.ts';

/**
 * An invoice changed. One that could not be charged, or was sent and waits for its due date, begins the account's
 * dunning; anything else is news only where there was trouble before.
 */
export const followDebt: AccountReaction = async (event, { ledger, clock }) => {
  const invoice = await event.invoice();
  if (invoice?.isOwed === true) await beginDunning(ledger, event.account, clock());
  else await wakeDunning(ledger, event.account, clock());
};

/** There may be another payment method, or a dispute: what that means is found out where there is a debt. */
export const wakeDebt: AccountReaction = async ({ account }, { ledger, clock }) => {
  await wakeDunning(ledger, account, clock());
};

/**
 * A lost dispute took money back of an invoice that stays paid at Stripe, so that nobody asks for it again: a person
 * decides what to do. The case's place follows from the event, so that a repeat finds it there.
 */
export const openLostDispute: AccountReaction = async (event, { ledger, objects }) => {
  const dispute = event.object === undefined ? undefined : await objects.dispute(event.object);
  if (dispute?.status !== 'lost') return;
  const incident = incidentItem({
    code: 'dispute-lost',
    subject: { pk: `account#${event.account}`, sk: `dispute#${dispute.id}` },
    openedAt: event.createdAt,
    detail: { dispute: dispute.id, minorUnits: dispute.amount.toString(), currency: dispute.currency },
  });
  await ledger.transact([{ put: incident, condition: ABSENT }]);
};
