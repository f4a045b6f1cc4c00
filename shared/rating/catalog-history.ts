import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { type PreparedCatalog, prepareCatalog } from './prepared-catalog.ts';
import type { PreparedPlan } from './prepared-plan.ts';
import type { PreparedTable } from './prepared-table.ts';

/** The terms of a plan, with the version that holds them. */
export interface PlanTerms {
  readonly version: PreparedCatalog;
  readonly plan: PreparedPlan;
}

export interface TableTerms {
  readonly version: PreparedCatalog;
  readonly table: PreparedTable;
}

/**
 * The published versions as one account's currency sees them. Fees, allowances and charges of a plan are those in force
 * when the line's period (or its part) begins; tables are those in force at `startedAt` (contract section 4). What a
 * newer version no longer has stays in force for lines that are on it.
 */
export class CatalogHistory {
  readonly #versions: readonly PreparedCatalog[];
  readonly #currency: string;
  readonly #tables: readonly Map<string, TableTerms | null>[];
  #current = 0;

  /** `catalogs` in ascending order of `effectiveFrom`. */
  constructor(catalogs: readonly CatalogVersion[], currency: string) {
    this.#versions = catalogs.map(prepareCatalog);
    this.#currency = currency;
    this.#tables = catalogs.map(() => new Map());
  }

  /** The plan's terms for a part that begins at `instant`; where no version has it by then, the first one that does. */
  planAt(plan: string, instant: Instant): PlanTerms | undefined {
    const newestFirst = this.#versions.filter(version => version.catalog.effectiveFrom <= instant).reverse();
    const laterVersions = this.#versions.filter(version => version.catalog.effectiveFrom > instant);
    for (const version of [...newestFirst, ...laterVersions]) {
      const prepared = version.plan(plan, this.#currency);
      if (prepared !== undefined) return { version, plan: prepared };
    }
    return undefined;
  }

  /** `null` when no version in force has the table, or not in this currency. */
  tableAt(name: string, instant: Instant): TableTerms | null {
    const place = this.#placeAt(instant);
    const known = this.#tables[place];
    if (known === undefined) return null;
    const found = known.get(name);
    if (found !== undefined) return found;
    const terms = this.#findTable(name, place);
    known.set(name, terms);
    return terms;
  }

  #findTable(name: string, newest: number): TableTerms | null {
    for (let place = newest; place >= 0; place--) {
      const version = this.#versions[place];
      if (version?.catalog.tables[name] === undefined) continue;
      const table = version.table(name, this.#currency);
      return table === undefined ? null : { version, table };
    }
    return null;
  }

  /** Records come in time order, so the place moves forward at most once per version. -1 before the first version. */
  #placeAt(instant: Instant): number {
    let place = this.#current;
    while (place >= 0 && (this.#versions[place]?.catalog.effectiveFrom ?? Number.POSITIVE_INFINITY) > instant) place--;
    while ((this.#versions[place + 1]?.catalog.effectiveFrom ?? Number.POSITIVE_INFINITY) <= instant) place++;
    this.#current = place;
    return place;
  }
}
