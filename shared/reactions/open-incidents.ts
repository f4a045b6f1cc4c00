import { incidentItem } from '#shared/platform/incident.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { ABSENT } from '#shared/platform/table.ts';
import type { MeterErrors } from './event-objects.ts';
import type { AccountReaction, DeploymentReaction } from './reaction.ts';

/**
 * A meter found usage wrong that it had taken: it is not counted, and a person has to see why. The positions that it
 * belongs to are found by their sums: each is compared with the meter's summary before its period's invoice is final.
 *
 * The incident's place follows from the event, so that a repeat finds it there.
 */
export const openMeterIncident: DeploymentReaction = async (event, { ledger, objects }) => {
  const report = await objects.meterErrors(event.id);
  const incident = incidentItem({
    code: 'meter-errors',
    subject: { pk: `meter#${event.object ?? 'none'}`, sk: event.id },
    openedAt: event.createdAt,
    detail: { event: event.type, ...(report !== undefined && detailOf(report)) },
  });
  await ledger.transact([{ put: incident, condition: ABSENT }]);
};

const SAMPLES = 10;

/** Identifiers are made of digests: with them the movements are found in the ledger. */
function detailOf({ errors, validated }: MeterErrors): Record<string, string> {
  return {
    errors: errors.map(({ code, count }) => `${code}: ${count}`).join(', '),
    samples: errors
      .flatMap(({ samples }) => samples)
      .slice(0, SAMPLES)
      .join(', '),
    from: printInstant(validated.start),
    to: printInstant(validated.end),
  };
}

/**
 * A lost dispute took money back of an invoice that stays paid at Stripe, so that nobody asks for it again: a person
 * decides what to do. The incident's place follows from the event, so that a repeat finds it there.
 */
export const openLostDispute: AccountReaction = async (event, { ledger, objects }) => {
  const dispute = event.object === undefined ? undefined : await objects.dispute(event.object);
  if (dispute?.status !== 'lost') return;
  const opened = incidentItem({
    code: 'dispute-lost',
    subject: { pk: `account#${event.account}`, sk: `dispute#${dispute.id}` },
    openedAt: event.createdAt,
    detail: { dispute: dispute.id, minorUnits: dispute.amount.toString(), currency: dispute.currency },
  });
  await ledger.transact([{ put: opened, condition: ABSENT }]);
};

/**
 * An invoice could not be made final: nothing of it is collected until a person has mended what the provider names. Told
 * once for each cause, although it is tried again and again.
 */
export const openFinalisationFailure: AccountReaction = async (event, { ledger }) => {
  const invoice = await event.invoice();
  if (invoice?.finalisationError === undefined) return;
  const subject = { pk: `account#${event.account}`, sk: `not-final#${invoice.id}#${invoice.finalisationError}` };
  const detail = { invoice: invoice.id, error: invoice.finalisationError };
  const opened = incidentItem({ code: 'invoice-finalisation-failed', subject, openedAt: event.createdAt, detail });
  await ledger.transact([{ put: opened }, { put: { ...subject, toldAt: event.createdAt }, condition: ABSENT }]);
};

/** A person deleted the customer: nothing can be billed to the account any more. */
export const openCustomerDeleted: AccountReaction = async (event, { ledger }) => {
  const customer = event.customer ?? '';
  const opened = incidentItem({
    code: 'customer-deleted',
    subject: { pk: `account#${event.account}`, sk: `customer#${customer}` },
    openedAt: event.createdAt,
    detail: { customer },
  });
  await ledger.transact([{ put: opened, condition: ABSENT }]);
};

/** Money that was to go back to a subscriber did not get there. */
export const openFailedRefund: AccountReaction = async (event, { ledger, objects }) => {
  const refund = event.object === undefined ? undefined : await objects.refund(event.object);
  if (refund?.hasFailed !== true) return;
  const opened = incidentItem({
    code: 'refund-failed',
    subject: { pk: `account#${event.account}`, sk: `refund#${refund.id}` },
    openedAt: event.createdAt,
    detail: { refund: refund.id, minorUnits: refund.amount.toString(), currency: refund.currency },
  });
  await ledger.transact([{ put: opened, condition: ABSENT }]);
};

/**
 * A person changed a quantity of ours at the provider. It stays: what we change later is added to it. A person is told
 * once for each change, because the fee is charged for another number of lines than there are.
 */
export const openChangedQuantity: AccountReaction = async (event, { ledger, objects }) => {
  const subscription = event.object;
  const changed = (subscription && (await objects.subscription(subscription))?.changedQuantities) || [];
  const place = { pk: `account#${event.account}`, sk: 'quantity-changed' };
  const prices = changed.map(({ price, quantity, ours }) => `${price}: ${quantity} instead of ${ours}`).join(', ');
  const names = { '#told': 'told' };
  if (prices === '') {
    await ledger.update(place, { remove: ['told'] }, { expression: 'attribute_exists(#told)', names });
    return;
  }
  const detail = { subscription: subscription ?? '', prices };
  const opened = incidentItem({ code: 'quantity-changed', subject: place, openedAt: event.createdAt, detail });
  const isNew = {
    expression: 'attribute_not_exists(#told) OR #told <> :told',
    names,
    values: { ':told': prices },
  };
  await ledger.transact([{ put: opened }, { update: place, change: { set: { told: prices } }, condition: isNew }]);
};

/**
 * A person paused the collection at the provider. That is left as it is: only what we set ourselves is undone. A person is
 * told once for each pause, because what is billed meanwhile is not asked for.
 */
export const openPausedCollection: AccountReaction = async (event, { ledger, objects }) => {
  const subscription = event.object;
  const paused = subscription && (await objects.subscription(subscription))?.collectionPaused;
  const place = { pk: `account#${event.account}`, sk: 'collection-paused' };
  const names = { '#paused': 'paused' };
  if (paused === undefined || paused === '') {
    const wasPaused = { expression: 'attribute_exists(#paused)', names };
    await ledger.update(place, { remove: ['paused'] }, wasPaused);
    return;
  }
  const detail = { subscription: subscription ?? '', behavior: paused };
  const opened = incidentItem({ code: 'collection-paused', subject: place, openedAt: event.createdAt, detail });
  const isNew = { expression: 'attribute_not_exists(#paused)', names };
  await ledger.transact([{ put: opened }, { update: place, change: { set: { paused } }, condition: isNew }]);
};
