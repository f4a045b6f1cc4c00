import { Conflict, Throttled } from '#shared/platform/failure.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Table, Write } from '#shared/platform/table.ts';
import type { ServiceIdentifier } from '../account.ts';
import {
  assignmentsWrite,
  claimed,
  IdentifierAssignments,
  identifierKey,
  released,
  UNASSIGNED,
} from './identifier-assignments.ts';
import type { IdentifierChanges } from './identifier-changes.ts';
import { lineIdentifier } from './service-identifier.ts';

// An identifier belongs to one line at a time, across all accounts. A claim reads its owners and writes them back
// with one more revision, in the same transaction as the line that has the name:
//
//   A reads revision 3: free ──▶ transaction: line A, owners revision 4 (if it is still 3) ──▶ done
//   B reads revision 3: free ──▶ transaction: line B, owners revision 4 (if it is still 3) ──▶ refused ──▶ reads again: taken

interface Claim {
  readonly account: string;
  readonly line: string;
  readonly changes: IdentifierChanges;
  /** The change of hands: from here gained names are the line's, and given ones no longer. */
  readonly at: Instant;
  /** All that is written with it; `gained` are the names that were got. */
  readonly with: (gained: readonly ServiceIdentifier[]) => readonly Write[];
}

const ATTEMPTS = 5;

/**
 * Changes names and line together. `line:<id>` is only taken when it is free: the same id may be in use in another
 * account.
 * @throws Conflict `number-taken`
 * @throws Throttled `busy` when the lease was lost, or others were quicker again and again
 */
export async function claimIdentifiers(table: Table, claim: Claim): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { gained, writes } = await ownerWrites(table, claim);
    if (await table.transact([...writes, ...claim.with(gained)])) return;
  }
  throw new Throttled('busy', 'Another request is changing this account; try again.');
}

async function ownerWrites(table: Table, { account, line, changes, at }: Claim) {
  const gained: ServiceIdentifier[] = [];
  const writes: Write[] = [];
  for (const name of changes.gained) {
    const seen = (await table.get(identifierKey(name), IdentifierAssignments)) ?? UNASSIGNED;
    const next = claimed(seen, { account, line }, at);
    if (next !== undefined) {
      gained.push(name);
      writes.push(assignmentsWrite(name, seen, next));
    } else if (name !== lineIdentifier(line)) {
      const whose = `GET /v1/accounts?search=${encodeURIComponent(name)} finds whose.`;
      throw new Conflict('number-taken', `${name} belongs to another line at that time; ${whose}`);
    }
  }
  for (const name of changes.given) {
    const seen = (await table.get(identifierKey(name), IdentifierAssignments)) ?? UNASSIGNED;
    writes.push(assignmentsWrite(name, seen, released(seen, { account, line }, at)));
  }
  return { gained, writes };
}
