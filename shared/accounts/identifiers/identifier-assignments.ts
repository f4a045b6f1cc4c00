import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { ABSENT, type Condition, type Key, type Write } from '#shared/platform/table.ts';
import type { ServiceIdentifier } from '../account.ts';

/** One tenure of a name: whose it is from when until when (end excluded); milliseconds, as intake reads many of them. */
const IdentifierAssignment = z.object({
  account: z.string(),
  line: z.string(),
  from: z.int(),
  until: z.int().optional(),
});
export type IdentifierAssignment = z.output<typeof IdentifierAssignment>;

/** `name#<service identifier>` / `owners`: who owned the name when, in order, without overlap. `revision` counts its writes. */
export const IdentifierAssignments = z.object({
  owners: z.array(IdentifierAssignment),
  revision: z.int().nonnegative(),
});
export type IdentifierAssignments = z.output<typeof IdentifierAssignments>;

export const UNASSIGNED: IdentifierAssignments = { owners: [], revision: 0 };

export function identifierKey(name: ServiceIdentifier): Key {
  return { pk: `name#${name}`, sk: 'owners' };
}

/** Whose the name is at that moment. */
export function assignmentAt(name: IdentifierAssignments, at: Instant): IdentifierAssignment | undefined {
  return name.owners.find(owner => owner.from <= at && (owner.until === undefined || at < owner.until));
}

/** The line has the name from `from` on. `undefined`: another line has it beyond that moment. */
export function claimed(
  name: IdentifierAssignments,
  line: Pick<IdentifierAssignment, 'account' | 'line'>,
  from: Instant,
): IdentifierAssignments | undefined {
  const taken = name.owners.some(owner => owner.until === undefined || owner.until > from);
  return taken ? undefined : { ...name, owners: [...name.owners, { ...line, from }] };
}

/** The line's open tenure ends at `until`; one that ends where it began leaves no trace. */
export function released(
  name: IdentifierAssignments,
  line: Pick<IdentifierAssignment, 'account' | 'line'>,
  until: Instant,
): IdentifierAssignments {
  const isOpenTenure = (owner: IdentifierAssignment) =>
    owner.until === undefined && owner.account === line.account && owner.line === line.line;
  const owners = name.owners.flatMap(owner => {
    if (!isOpenTenure(owner)) return [owner];
    return owner.from < until ? [{ ...owner, until }] : [];
  });
  return { ...name, owners };
}

/** Writes what became of `seen`, unless another writer was there in between: the transaction then fails as a whole. */
export function assignmentsWrite(
  name: ServiceIdentifier,
  seen: IdentifierAssignments,
  next: IdentifierAssignments,
): Write {
  const unchanged: Condition = { expression: 'revision = :revision', values: { ':revision': seen.revision } };
  return {
    put: { ...identifierKey(name), ...z.encode(IdentifierAssignments, { ...next, revision: seen.revision + 1 }) },
    condition: seen.revision === 0 ? ABSENT : unchanged,
  };
}
