import { printInstant, SECOND } from '#shared/platform/instant.ts';
import type { Dismissal } from './dismissal.ts';
import { type QuarantinedRecord, REASONS } from './quarantine.ts';

/** One that a person put aside, with the reason. */
export function dismissedItem(dismissal: Dismissal) {
  const { reason, dismissedAt } = dismissal;
  return { ...quarantineItem(dismissal), dismissed: { reason, at: printInstant(dismissedAt) } };
}

/** A record in quarantine as the API answers it: the posted fields, and why it is there. */
export function quarantineItem({ code, facts, acceptedSeconds, account }: QuarantinedRecord) {
  const { id, source, name, kind, direction, peer, startedAt, units, network, session, sequence, cost } = facts;
  return {
    code,
    reason: REASONS[code],
    id,
    source,
    line: name,
    kind,
    direction,
    peer,
    startedAt: printInstant(startedAt),
    ...(kind === 'voice' ? { seconds: units } : kind === 'data' ? { bytes: units } : { count: units }),
    network,
    session,
    sequence,
    cost,
    acceptedAt: printInstant(acceptedSeconds * SECOND),
    account,
  };
}
