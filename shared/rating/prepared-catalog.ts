import { type CatalogVersion, findPlan } from '#shared/catalog/catalog-version.ts';
import { type BandWeek, prepareBandWeek } from './band-week.ts';
import { type PreparedPlan, preparePlan } from './prepared-plan.ts';
import { PrefixIndex, type PreparedTable, prepareTable } from './prepared-table.ts';

/**
 * A catalog version made ready for rating. Zones, destinations and bands are small numbers: zone 0 is home, destination
 * 0 and band 0 mean that no name covers it; `names` are counted from there. Tables and plans are prepared when first used.
 */
export class PreparedCatalog {
  readonly catalog: CatalogVersion;
  readonly bandWeek: BandWeek;
  readonly zoneNames: readonly string[];
  readonly destinationNames: readonly string[];
  readonly bandNames: readonly string[];
  readonly #destinations: PrefixIndex;
  readonly #destinationOf: readonly number[];
  readonly #zoneOf = new Map<string, number>();
  readonly #plans = new Map<string, PreparedPlan | undefined>();
  readonly #tables = new Map<string, PreparedTable | undefined>();
  readonly #prefixes = new Map<string, PrefixIndex>();

  constructor(catalog: CatalogVersion) {
    this.catalog = catalog;
    const { zoning, destinations, bands } = catalog;
    const zones = new Set([...Object.values(zoning.networks), ...Object.values(zoning.countries), zoning.rest]);
    this.zoneNames = ['home', ...[...zones].filter(zone => zone !== null && zone !== 'home')].map(String);
    this.destinationNames = ['', ...new Set(Object.values(destinations))];
    this.bandNames = ['', ...bands.map(band => band.id)];
    const prefixes = Object.keys(destinations);
    this.#destinations = new PrefixIndex(prefixes);
    this.#destinationOf = prefixes.map(prefix => this.destinationNames.indexOf(destinations[prefix] ?? ''));
    this.bandWeek = prepareBandWeek(bands);
  }

  /** Where the subscriber is; `zoneNames.length` for a network outside every zone. */
  zoneOf(network: string | undefined): number {
    if (network === undefined) return 0;
    const known = this.#zoneOf.get(network);
    if (known !== undefined) return known;
    const { networks, countries, rest } = this.catalog.zoning;
    const named = networks[network];
    const name = named === undefined ? (countries[network.slice(0, 3)] ?? rest) : named;
    const zone = name === null ? this.zoneNames.length : this.zoneNames.indexOf(name);
    this.#zoneOf.set(network, zone);
    return zone;
  }

  destinationOf(peer: string | undefined): number {
    if (peer === undefined) return 0;
    return this.#destinationOf[this.#destinations.find(peer)] ?? 0;
  }

  plan(id: string, currency: string): PreparedPlan | undefined {
    const key = `${currency} ${id}`;
    if (this.#plans.has(key)) return this.#plans.get(key);
    const plan = findPlan(this.catalog, id);
    const prepared = plan?.fee[currency] === undefined ? undefined : preparePlan(plan, currency, this);
    this.#plans.set(key, prepared);
    return prepared;
  }

  table(name: string, currency: string): PreparedTable | undefined {
    const key = `${currency} ${name}`;
    if (this.#tables.has(key)) return this.#tables.get(key);
    const table = this.catalog.tables[name];
    const prepared =
      table && prepareTable(table, this.#prefixIndex(name, table.prefixes), currency, this.catalog.bands);
    this.#tables.set(key, prepared);
    return prepared;
  }

  #prefixIndex(name: string, prefixes: readonly string[]): PrefixIndex {
    const known = this.#prefixes.get(name);
    if (known !== undefined) return known;
    const index = new PrefixIndex(prefixes);
    this.#prefixes.set(name, index);
    return index;
  }
}

const prepared = new WeakMap<CatalogVersion, PreparedCatalog>();

/** The same object for the same catalog: functions keep their catalogs, and so the work of preparing them. */
export function prepareCatalog(catalog: CatalogVersion): PreparedCatalog {
  const known = prepared.get(catalog);
  if (known !== undefined) return known;
  const fresh = new PreparedCatalog(catalog);
  prepared.set(catalog, fresh);
  return fresh;
}
