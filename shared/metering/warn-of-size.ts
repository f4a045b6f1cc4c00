import { type PeriodItem, periodKey } from '#shared/accounts/period-item.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import type { Clock } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { PeriodTooLarge } from '#shared/rating/period-too-large.ts';

/** Opens the incident while there is time until the period's end; once per period. */
export async function warnOfSize(
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  { account, start, warnedOfSize }: PeriodItem,
  { facts }: PeriodTooLarge,
): Promise<void> {
  if (warnedOfSize) return;
  const subject = periodKey(account, start);
  const incident = incidentItem({ code: 'period-grows-large', detail: facts, subject, openedAt: clock() });
  const isFirst = { expression: 'attribute_exists(pk) AND attribute_not_exists(warnedOfSize)' };
  await table.transact([
    { update: subject, change: { set: { warnedOfSize: true } }, condition: isFirst },
    { put: incident },
  ]);
}
