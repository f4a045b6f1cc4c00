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
