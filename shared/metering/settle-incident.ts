import { wakesAt } from '#shared/platform/due.ts';
import { closeIncident, type Incident } from '#shared/platform/incident.ts';
import type { Clock } from '#shared/platform/instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';
import { driveAgain } from './drive-movement.ts';

export interface SettledIncident {
  readonly incident: Incident;
  /** What waited behind it goes on within a minute. */
  readonly driven: boolean;
}

/**
 * Closes an incident that a person has dealt with and, with `drive`, wakes the due item behind it; a stuck movement goes
 * on where it stood. `undefined`: there is no such incident, or it is closed.
 */
export async function settleIncident(
  ledger: { readonly table: Table; readonly clock: Clock },
  id: string,
  { note, drive }: { readonly note?: string | undefined; readonly drive: boolean },
): Promise<SettledIncident | undefined> {
  const { table, clock } = ledger;
  const incident = await closeIncident(table, id, { now: clock(), note });
  if (incident === undefined) return undefined;
  const driven = drive && ((await driveAgain(ledger, incident.subject)) || (await wake(ledger, incident.subject)));
  return { incident, driven };
}

/** Also forgets that the incident stood open, so that the same trouble opens a new one. */
function wake({ table, clock }: { readonly table: Table; readonly clock: Clock }, key: Key): Promise<boolean> {
  const isDueItem = {
    expression: 'attribute_exists(#kind) AND attribute_not_exists(stuck)',
    names: { '#kind': 'kind' },
  };
  return table.update(key, { set: { ...wakesAt(key, clock()), caseOpen: undefined } }, isDueItem);
}
