import type { CatalogVersion, Charge, RateCard, RateTable } from '../catalog-version.ts';
import { freeNumbers } from '../emergency-numbers.ts';
import { forEachOffer } from './add-ons.ts';
import { findCharge, NONE } from './coverage.ts';
import type { Findings, SourcePath } from './problem.ts';

/** Warns of each table and charge by which calls for help would cost money. */
export function warnOfEmergencies(catalog: CatalogVersion, zones: readonly string[], findings: Findings): void {
  const numbers = freeNumbers(catalog.zoning.home.country);
  const bands = [...catalog.bands.map(({ id }) => id), NONE];
  const costly = new Map<string, Costly>();
  forEachOffer(catalog, (plan, offer) => {
    for (const zone of ['home', ...zones]) {
      for (const number of zone === 'home' ? numbers.atHome : numbers.everywhere) {
        const destination = catalog.destinations[`exact:${number}`] ?? NONE;
        for (const band of bands) {
          const charge = findCharge(plan.charges, 'voice', { zone, destination, band });
          if (charge === undefined || !costsMoney(charge, number, band, catalog)) continue;
          const path: SourcePath = [...offer, 'charges', plan.charges.indexOf(charge)];
          const found = whereToMend(charge, plan.id, path);
          const known = costly.get(found.by) ?? found;
          known.numbers.add(number);
          costly.set(found.by, known);
        }
      }
    }
  });
  for (const { by, path, hint, numbers: called } of costly.values()) {
    findings.warn(path, 'emergency-costs-money', `calls to ${[...called].join(', ')} would cost money by ${by}`, hint);
  }
}

interface Costly {
  readonly by: string;
  readonly path: SourcePath;
  readonly hint: string;
  readonly numbers: Set<string>;
}

function whereToMend({ id, pricing }: Charge, plan: string, path: SourcePath): Costly {
  if (pricing.type === 'table') {
    const { table } = pricing;
    const hint = 'give each a row of price 0, like exact:112';
    return { by: `table "${table}"`, path: ['tables', table], hint, numbers: new Set() };
  }
  const hint = 'put a charge of price 0 before it, for a destination like ["exact:112"]';
  return { by: `charge "${id}" of plan "${plan}"`, path, hint, numbers: new Set() };
}

function costsMoney({ pricing }: Charge, number: string, band: string, catalog: CatalogVersion): boolean {
  if (pricing.type === 'price') return Object.values(pricing.price).some(isMoney);
  const table = catalog.tables[pricing.table];
  return table !== undefined && cardsOf(table, number, band).some(isCostly);
}

/** What a short number is priced by, in each currency: its own row, or the row of all others. */
function cardsOf({ prefixes, rates }: RateTable, number: string, band: string): RateCard[] {
  const places = placesIn(prefixes);
  const place = places.get(`exact:${number}`) ?? places.get('*') ?? -1;
  return Object.values(rates).flatMap(({ cards, byBand }) => {
    const card = cards[byBand[band]?.[place] ?? -1] ?? cards[byBand['*']?.[place] ?? -1];
    return card === undefined ? [] : [card];
  });
}

function isCostly({ setup, steps }: RateCard): boolean {
  return isMoney(setup) || steps.some(({ price }) => isMoney(price));
}

function isMoney(amount: string): boolean {
  return /[1-9]/.test(amount);
}

/** Of the prefixes that no longest match finds; once per table, since many plans share one of many rows. */
const PLACES = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function placesIn(prefixes: readonly string[]): ReadonlyMap<string, number> {
  const known = PLACES.get(prefixes);
  if (known !== undefined) return known;
  const entries = prefixes.flatMap((prefix, place) => (/^\d/.test(prefix) ? [] : [[prefix, place] as const]));
  const places = new Map(entries);
  PLACES.set(prefixes, places);
  return places;
}
