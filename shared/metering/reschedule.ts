import { periodKey } from '#shared/accounts/period-item.ts';
import { underLease, wakesAt } from '#shared/platform/due.ts';
import type { Failure } from '#shared/platform/failure.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { ClosingPeriod } from './period-closing.ts';

/** What a case is opened for. */
export interface Trouble {
  readonly code: string;
  readonly detail: Readonly<Record<string, string>>;
}

interface Ledger {
  readonly table: Table;
  readonly clock: Clock;
}

/** The provider refuses it for good. */
export function refusal({ code }: Failure): Trouble {
  return { code: 'closing-refused', detail: { failure: code } };
}

/** The period is looked at again at that moment. A trouble opens an incident, once. */
export function reschedule(
  ledger: Ledger,
  period: ClosingPeriod,
  at: Instant,
  trouble?: Trouble,
  change: Readonly<Record<string, unknown>> = {},
): Promise<boolean> {
  const key = periodKey(period.account, period.start);
  return noteTrouble(ledger, period, trouble, { failures: period.failures + 1, ...change, ...wakesAt(key, at) });
}

/** A change of the period under its lease; a trouble opens an incident with it, once. `false`: another run has taken over. */
export async function noteTrouble(
  { table, clock }: Ledger,
  period: ClosingPeriod,
  trouble: Trouble | undefined,
  change: Readonly<Record<string, unknown>> = {},
): Promise<boolean> {
  const key = periodKey(period.account, period.start);
  if (trouble === undefined || period.caseOpen === trouble.code) {
    if (Object.keys(change).length === 0) return true;
    return table.update(key, { set: change }, underLease(period));
  }
  const set = { ...change, caseOpen: trouble.code };
  const incident = incidentItem({ ...trouble, subject: key, openedAt: clock() });
  return table.transact([{ update: key, change: { set }, condition: underLease(period) }, { put: incident }]);
}
