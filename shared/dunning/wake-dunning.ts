import { wakesAt } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { ABSENT, type Table } from '#shared/platform/table.ts';
import { noDunning } from './dunning-case.ts';
import { dunningKey, newDunningItem } from './dunning-item.ts';

/** There is trouble with what the account owes, or there may be soon: its debt is looked at now. */
export async function beginDunning(table: Table, account: string, now: Instant): Promise<void> {
  const item = { ...newDunningItem(noDunning(account)), ...wakesAt(dunningKey(account), now) };
  if (await table.put(item, ABSENT)) return;
  await wakeDunning(table, account, now);
}

/** Something changed that may matter: an account that had trouble before is looked at now, others are left alone. */
export async function wakeDunning(table: Table, account: string, now: Instant): Promise<void> {
  const key = dunningKey(account);
  // A run under way loses its lease by this and comes again: it may have read before the change.
  await table.update(key, { set: wakesAt(key, now) }, { expression: 'attribute_exists(pk)' });
}
