import type { Increments } from '#shared/catalog/catalog-version.ts';

/** Units that are billed for a record (contract section 5, rule 2): 60/1 makes 61 of 61 and 60 of 5; 0 stays 0. */
export function billedUnits(units: number, { first, next }: Increments): number {
  if (units === 0) return 0;
  if (units <= first) return first;
  // Exact: all are at most 10^13, far below 2^53.
  return first + Math.ceil((units - first) / next) * next;
}
