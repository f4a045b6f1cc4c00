import type { Instant } from '#shared/platform/instant.ts';
import type { LineName, NameTenure } from './account.ts';

/** Which names a line gains and gives up, so that it has exactly the wanted ones. */
export interface NameChanges {
  readonly gained: readonly LineName[];
  readonly given: readonly LineName[];
}

export function nameChanges(tenures: readonly NameTenure[], wanted: readonly LineName[]): NameChanges {
  const held = openNames(tenures);
  return {
    gained: wanted.filter(name => !held.includes(name)),
    given: held.filter(name => !wanted.includes(name)),
  };
}

/** The line's name history after the change at `at`; a tenure that ends where it began leaves no trace. */
export function changedNames(tenures: readonly NameTenure[], changes: NameChanges, at: Instant): NameTenure[] {
  const kept = tenures.flatMap(tenure => {
    if (tenure.until !== undefined || !changes.given.includes(tenure.name)) return [tenure];
    return tenure.from < at ? [{ ...tenure, until: at }] : [];
  });
  return [...kept, ...changes.gained.map(name => ({ name, from: at }))];
}

/** The names that the line has now. */
export function openNames(tenures: readonly NameTenure[]): LineName[] {
  return tenures.filter(tenure => tenure.until === undefined).map(tenure => tenure.name);
}
