import type { CatalogVersion, Charge, Condition, Plan } from '../catalog-version.ts';
import type { Findings } from './problem.ts';

/** A value that no name covers: a network outside every zone, a destination or a time outside every band. */
export const NONE = '(none)';

/**
 * The charges of a kind must together match every outgoing record: each combination of zone, destination and band has
 * to find one, otherwise usage would be `unrated`. An allowance without any charge of its kind is refused too.
 */
export function checkCoverage(catalog: CatalogVersion, zones: readonly string[], findings: Findings): void {
  const space = spaceOf(catalog, zones);
  catalog.plans.forEach((plan, index) => {
    for (const kind of kindsOf(plan)) {
      const charges = plan.charges.filter(charge => charge.kind === kind && charge.match.direction === 'out');
      const gap = findGap(charges, kind === 'data' ? { ...space, destinations: [NONE] } : space);
      if (gap === undefined) continue;
      findings.at(
        ['plans', index, 'charges'],
        'uncovered-usage',
        `plan "${plan.id}" has no charge for outgoing ${kind} ${gap}`,
        `end the ${kind} charges with one that has no from, to and band`,
      );
    }
  });
}

function kindsOf(plan: Plan): string[] {
  return [...new Set([...plan.charges, ...plan.allowances].map(entry => entry.kind))];
}

/** All places in which records can be. */
export function spaceOf(catalog: CatalogVersion, zones: readonly string[]): Space {
  return {
    zones: ['home', ...zones, ...(catalog.zoning.rest === null ? [NONE] : [])],
    destinations: [...new Set(Object.values(catalog.destinations)), NONE],
    bands: [...catalog.bands.map(band => band.id), NONE],
  };
}

interface Space {
  readonly zones: readonly string[];
  readonly destinations: readonly string[];
  readonly bands: readonly string[];
}

/** A place of the space that charges must cover. */
export interface Circumstances {
  readonly zone: string;
  readonly destination: string;
  readonly band: string;
}

/** The charge by which a record would be priced, an outgoing one unless it is said. */
export function findCharge(
  charges: readonly Charge[],
  kind: string,
  { zone, destination, band }: Circumstances,
  direction: 'out' | 'in' = 'out',
): Charge | undefined {
  return charges.find(
    charge =>
      charge.kind === kind && charge.match.direction === direction && matches(charge.match, zone, destination, band),
  );
}

function findGap(charges: readonly Charge[], space: Space): string | undefined {
  // Without a condition a charge matches everything; looking at combinations is only needed where none is that wide.
  if (charges.some(({ match }) => isUnconditional(match))) return undefined;
  for (const zone of space.zones) {
    for (const destination of space.destinations) {
      for (const band of space.bands) {
        if (!charges.some(({ match }) => matches(match, zone, destination, band))) {
          return describe(zone, destination, band);
        }
      }
    }
  }
  return undefined;
}

export function matches(match: Condition, zone: string, destination: string, band: string): boolean {
  return (
    holds(match.from, zone) &&
    holds(match.to, destination) &&
    holds(match.bands, band) &&
    (match.pairs === undefined || match.pairs.some(({ from, to }) => holds(from, zone) && holds(to, destination)))
  );
}

function isUnconditional({ from, to, bands, pairs }: Condition): boolean {
  return from === null && to === null && bands === null && pairs === undefined;
}

function holds(names: readonly string[] | null, name: string): boolean {
  return names === null || names.includes(name);
}

function describe(zone: string, destination: string, band: string): string {
  const from = zone === NONE ? 'from networks outside every zone' : `from ${zone}`;
  const to = destination === NONE ? '' : ` to ${destination}`;
  const elsewhere = destination === NONE ? ' to destinations that no name covers' : to;
  return `${from}${elsewhere}${band === NONE ? ' outside every band' : ` in band ${band}`}`;
}
