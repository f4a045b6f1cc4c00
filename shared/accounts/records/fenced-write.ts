import { Throttled } from '#shared/platform/failure.ts';
import type { Lease } from '#shared/platform/lease.ts';
import type { Table, Write } from '#shared/platform/table.ts';

/**
 * Writes under the account's lease, all or nothing.
 * @throws Throttled `busy` when another took the lease over in the meantime
 */
export async function fencedWrite(table: Table, lease: Lease, ...writes: readonly Write[]): Promise<void> {
  if (await table.transact([...writes, lease.fenced])) return;
  throw new Throttled('busy', 'Another request is changing this account; try again.');
}
