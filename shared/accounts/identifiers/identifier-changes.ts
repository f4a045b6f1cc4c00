import type { Instant } from '#shared/platform/instant.ts';
import type { IdentifierTenure, ServiceIdentifier } from '../account.ts';

/** Which names a line gains and gives up, so that it has exactly the wanted ones. */
export interface IdentifierChanges {
  readonly gained: readonly ServiceIdentifier[];
  readonly given: readonly ServiceIdentifier[];
}

export function identifierChanges(
  tenures: readonly IdentifierTenure[],
  wanted: readonly ServiceIdentifier[],
): IdentifierChanges {
  const held = openIdentifiers(tenures);
  return {
    gained: wanted.filter(name => !held.includes(name)),
    given: held.filter(name => !wanted.includes(name)),
  };
}

/** The line's name history after the change at `at`; a tenure that ends where it began leaves no trace. */
export function changedIdentifiers(
  tenures: readonly IdentifierTenure[],
  changes: IdentifierChanges,
  at: Instant,
): IdentifierTenure[] {
  const kept = tenures.flatMap(tenure => {
    if (tenure.until !== undefined || !changes.given.includes(tenure.name)) return [tenure];
    return tenure.from < at ? [{ ...tenure, until: at }] : [];
  });
  return [...kept, ...changes.gained.map(name => ({ name, from: at }))];
}

/** The names that the line has now. */
export function openIdentifiers(tenures: readonly IdentifierTenure[]): ServiceIdentifier[] {
  return tenures.filter(tenure => tenure.until === undefined).map(tenure => tenure.name);
}
