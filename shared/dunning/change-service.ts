import { ACCOUNT_LEASE, accountLeaseKey } from '#shared/accounts/records/account-item.ts';
import type { DueRun } from '#shared/platform/due-work.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { withLease } from '#shared/platform/lease.ts';
import type { Write } from '#shared/platform/table.ts';
import type { DunningCase } from './dunning-case.ts';
import { caseChange, type DunningItem } from './dunning-item.ts';
import type { DunningServices } from './dunning-services.ts';
import { type ServiceChange, serviceWrites } from './line-service.ts';

/** A line takes three writes, a transaction a hundred. */
const LINES_AT_ONCE = 25;

/**
 * Restricts or restores the account's lines, under its lease because requests change lines too. Many lines go in chunks,
 * the last of them with what `complete` writes of the case.
 * @param before the case without the change
 */
export async function changeService(
  { table, clock }: Pick<DunningServices, 'table' | 'clock'>,
  run: DueRun<DunningItem>,
  { before, change, at }: { readonly before: DunningCase; readonly change: ServiceChange; readonly at: Instant },
  complete: (beside: readonly Write[]) => Promise<void>,
): Promise<void> {
  const lease = { owner: `dunning:${change.account}:${run.item.lease}`, clock, holdMs: ACCOUNT_LEASE };
  await withLease(table, accountLeaseKey(change.account), lease, async ({ fenced }) => {
    const lines = await serviceWrites(table, change, at);
    if (lines.length > LINES_AT_ONCE && change.action !== 'restore' && !before.measures.includes(change.action)) {
      // Should it break off and the debt be paid meanwhile, the case knows that there is something to give back.
      await run.note(caseChange({ ...before, measures: [...before.measures, change.action] }));
    }
    while (lines.length > LINES_AT_ONCE) {
      const some = lines.splice(0, LINES_AT_ONCE).flat();
      await run.writeBeside([...some, fenced]);
    }
    await complete([...lines.flat(), fenced]);
  });
}
