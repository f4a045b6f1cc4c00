import type { CatalogVersion, Increments } from '#shared/catalog/catalog-version.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { bandAt } from './band-week.ts';
import { CatalogHistory, type PlanTerms } from './catalog-history.ts';
import { LineParts, type PlanPart } from './line-parts.ts';
import type { PreparedCatalog } from './prepared-catalog.ts';
import { labelAt, placeAt } from './prepared-table.ts';
import type { RatedRecord } from './rated-period.ts';
import { WallClock } from './wall-clock.ts';

/** A row of a rate table, as it stands in the catalog. Prices in major units. */
export interface RateRow {
  readonly table: string;
  /** When the version of the catalog that holds it came into force. */
  readonly since: Instant;
  /** Digits, `exact:112`, or `*`. */
  readonly prefix: string;
  readonly destination: string;
  /** `*`: any. */
  readonly band: string;
  readonly setup: string;
  /** `null`: those of the charge. */
  readonly increments: Increments | null;
  readonly steps: readonly { readonly after: number; readonly price: string; readonly per: number }[];
}

/** The price of a charge that has one of its own, per `per` units, which are counted by `step` over the period. */
export interface OwnPrice {
  readonly price: string;
  readonly per: number;
  readonly step: number;
}

/** By what a record was rated. */
export interface AppliedTerms {
  /** Where the subscriber was; `null`: outside every zone. */
  readonly zone: string | null;
  /** `null`: outside every band. */
  readonly band: string | null;
  /** `null`: no charge or no row matched. */
  readonly rate: RateRow | OwnPrice | null;
  /** Of the row, else of the charge. */
  readonly increments: Increments | null;
}

/** Finds again by which terms the records of an itemised period were rated. */
export class RecordTerms {
  readonly #currency: string;
  readonly #parts: LineParts;
  readonly #history: CatalogHistory;
  readonly #clock: WallClock;

  /** `catalogs` in ascending order of `effectiveFrom`; `lines` as they were rated. */
  constructor(
    { currency, lines }: { readonly currency: string; readonly lines: readonly PlanPart[] },
    timezone: string,
    catalogs: readonly CatalogVersion[],
  ) {
    this.#currency = currency;
    this.#parts = new LineParts(lines);
    this.#history = new CatalogHistory(catalogs, currency);
    this.#clock = new WallClock(timezone);
  }

  of(record: RatedRecord): AppliedTerms {
    const { startedAt, network } = record.record.facts;
    const terms = this.planOf(record);
    if (terms === undefined) return { zone: null, band: null, rate: null, increments: null };
    const { version, plan } = terms;
    const charge = plan.plan.charges.find(({ id }) => id === record.charge);
    const row = this.rowOf(record);
    const price = charge?.pricing.type === 'price' ? charge.pricing : undefined;
    const own = price?.price[this.#currency];
    return {
      zone: version.zoneNames[version.zoneOf(network)] ?? null,
      band: this.#bandIn(version, startedAt),
      rate: row ?? (price === undefined || own === undefined ? null : { price: own, per: price.per, step: price.step }),
      increments: row?.increments ?? charge?.increments ?? null,
    };
  }

  /** `undefined` for a charge with a price of its own, and where nothing matched. */
  rowOf(record: RatedRecord): RateRow | undefined {
    const { startedAt, peer } = record.record.facts;
    const pricing = this.planOf(record)?.plan.plan.charges.find(({ id }) => id === record.charge)?.pricing;
    const name = pricing?.type === 'table' ? pricing.table : undefined;
    const terms = name === undefined ? null : this.#history.tableAt(name, startedAt);
    if (name === undefined || terms === null) return undefined;
    const { table, version } = terms;
    const prefix = table.prefixes.find(peer);
    const band = table.hasBands ? bandAt(version.bandWeek, this.#clock.at(startedAt)) : 0;
    const found = placeAt(table, prefix, band);
    const card = found && table.source.rates[this.#currency]?.cards[found.place];
    if (found === undefined || card === undefined) return undefined;
    return {
      table: name,
      since: version.catalog.effectiveFrom,
      prefix: table.source.prefixes[prefix] ?? '*',
      destination: labelAt(table, prefix) ?? '',
      band: found.band === 0 ? '*' : (version.bandNames[found.band] ?? '*'),
      setup: card.setup,
      increments: card.increments,
      steps: card.steps,
    };
  }

  /** The plan or the add-on whose charge matched, else the plan that the line was on; `undefined` where no catalog has it. */
  planOf(record: RatedRecord): (PlanTerms & { readonly part: PlanPart }) | undefined {
    const terms = this.#parts.allAt(record.line, record.record.facts.startedAt).flatMap(part => {
      const found = this.#history.planAt(part.plan, part.from);
      return found === undefined ? [] : [{ ...found, part }];
    });
    return terms.find(({ plan }) => plan.plan.charges.some(({ id }) => id === record.charge)) ?? terms[0];
  }

  #bandIn(version: PreparedCatalog, startedAt: Instant): string | null {
    const band = bandAt(version.bandWeek, this.#clock.at(startedAt));
    return band === 0 ? null : (version.bandNames[band] ?? null);
  }
}
