import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { ABSENT, type Condition, type Key, type Write } from '#shared/platform/table.ts';
import type { LineName } from './account.ts';

/** One tenure of a name: whose it is from when until when (end excluded); milliseconds, as intake reads many of them. */
const Ownership = z.object({
  account: z.string(),
  line: z.string(),
  from: z.int(),
  until: z.int().optional(),
});
export type Ownership = z.output<typeof Ownership>;

/** `name#<posted name>` / `owners`: who owned the name when, in order, without overlap. `revision` counts its writes. */
export const NameOwners = z.object({ owners: z.array(Ownership), revision: z.int().nonnegative() });
export type NameOwners = z.output<typeof NameOwners>;

export const NOBODY: NameOwners = { owners: [], revision: 0 };

export function nameKey(name: LineName): Key {
  return { pk: `name#${name}`, sk: 'owners' };
}

/** Whose the name is at that moment. */
export function ownerAt(name: NameOwners, at: Instant): Ownership | undefined {
  return name.owners.find(owner => owner.from <= at && (owner.until === undefined || at < owner.until));
}

/** The line has the name from `from` on. `undefined`: somebody else's tenure reaches beyond that moment. */
export function claimed(
  name: NameOwners,
  line: Pick<Ownership, 'account' | 'line'>,
  from: Instant,
): NameOwners | undefined {
  const taken = name.owners.some(owner => owner.until === undefined || owner.until > from);
  return taken ? undefined : { ...name, owners: [...name.owners, { ...line, from }] };
}

/** The line's open tenure ends at `until`; one that ends where it began leaves no trace. */
export function released(name: NameOwners, line: Pick<Ownership, 'account' | 'line'>, until: Instant): NameOwners {
  const isOpenTenure = (owner: Ownership) =>
    owner.until === undefined && owner.account === line.account && owner.line === line.line;
  const owners = name.owners.flatMap(owner => {
    if (!isOpenTenure(owner)) return [owner];
    return owner.from < until ? [{ ...owner, until }] : [];
  });
  return { ...name, owners };
}

/** Writes what became of `seen`, unless another writer was there in between: the transaction then fails as a whole. */
export function ownersWrite(name: LineName, seen: NameOwners, next: NameOwners): Write {
  const unchanged: Condition = { expression: 'revision = :revision', values: { ':revision': seen.revision } };
  return {
    put: { ...nameKey(name), ...z.encode(NameOwners, { ...next, revision: seen.revision + 1 }) },
    condition: seen.revision === 0 ? ABSENT : unchanged,
  };
}
