import { periodKey } from '#shared/accounts/period-item.ts';
import { caseItem } from '#shared/platform/case.ts';
import { underLease, wakesAt } from '#shared/platform/due.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { ClosingPeriod } from './period-closing.ts';

interface Trouble {
  readonly code: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** The period is looked at again at that moment. A trouble opens a case, once. */
export async function putOff(
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  period: ClosingPeriod,
  at: Instant,
  trouble?: Trouble,
): Promise<void> {
  const key = periodKey(period.account, period.start);
  const set = { failures: period.failures + 1, caseOpen: trouble?.code ?? period.caseOpen, ...wakesAt(key, at) };
  const update = { update: key, change: { set }, condition: underLease(period) };
  const isNew = trouble !== undefined && period.caseOpen !== trouble.code;
  const opened = isNew ? [{ put: caseItem({ ...trouble, subject: key, openedAt: clock() }) }] : [];
  await table.transact([update, ...opened]);
}
