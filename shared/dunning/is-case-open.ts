import type { Table } from '#shared/platform/table.ts';
import { caseId, isOpen } from './dunning-case.ts';
import { findDunning } from './dunning-item.ts';

/** Whether this is the present case of the account, and is open. Strongly consistent. */
export async function isCaseOpen(table: Table, account: string, id: string): Promise<boolean> {
  const dunning = await findDunning(table, account);
  return isOpen(dunning) && caseId(dunning) === id;
}
