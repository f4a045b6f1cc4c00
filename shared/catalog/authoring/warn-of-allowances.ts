import type { Allowance, CatalogVersion, Charge, Plan } from '../catalog-version.ts';
import { findCharge, matches, NONE, spaceOf } from './coverage.ts';
import type { Findings } from './problem.ts';

/** Warns of each allowance that no record can draw on: what it would cover is free, or covered by another before it. */
export function warnOfAllowances(catalog: CatalogVersion, zones: readonly string[], findings: Findings): void {
  const space = spaceOf(catalog, zones);
  catalog.plans.forEach((plan, planIndex) => {
    plan.allowances.forEach((allowance, index) => {
      const destinations = allowance.kind === 'data' ? [NONE] : space.destinations;
      const isDrawn = space.zones.some(zone =>
        destinations.some(destination => space.bands.some(band => isDrawnIn(allowance, plan, zone, destination, band))),
      );
      if (isDrawn) return;
      const reason = `no record can draw on allowance "${allowance.id}" of plan "${plan.id}"`;
      const hint = 'what it would cover is free, or another allowance before it covers all of it';
      findings.warn(['plans', planIndex, 'allowances', index], 'allowance-never-drawn', reason, hint);
    });
  });
}

function isDrawnIn(allowance: Allowance, plan: Plan, zone: string, destination: string, band: string): boolean {
  if (!matches(allowance.match, zone, destination, band)) return false;
  const { direction } = allowance.match;
  const charge = findCharge(plan.charges, allowance.kind, { zone, destination, band }, direction);
  if (charge === undefined || isFree(charge)) return false;
  const before = plan.allowances.slice(0, plan.allowances.indexOf(allowance));
  return !before.some(
    ({ kind, amount, limits, match }) =>
      kind === allowance.kind &&
      amount === null &&
      limits === undefined &&
      match.direction === direction &&
      matches(match, zone, destination, band),
  );
}

function isFree({ pricing }: Charge): boolean {
  return pricing.type === 'price' && Object.values(pricing.price).every(amount => !/[1-9]/.test(amount));
}
