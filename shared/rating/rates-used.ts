import type { CatalogVersion, Increments } from '#shared/catalog/catalog-version.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { bandAt } from './band-week.ts';
import { CatalogHistory } from './catalog-history.ts';
import { labelAt, placeAt } from './prepared-table.ts';
import type { RatedPeriod, RatedRecord } from './rated-period.ts';
import { WallClock } from './wall-clock.ts';

/** A row of a rate table, as it stands in the catalog, and what was priced by it. Prices in major units. */
export interface UsedRate {
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
  /** Records with priced units, and their priced units (s, B, 1). */
  readonly records: number;
  readonly units: number;
}

/** The rows by which the records of an itemised period were priced, by table, date, prefix and band. */
export function ratesUsed(rated: RatedPeriod, timezone: string, catalogs: readonly CatalogVersion[]): UsedRate[] {
  const history = new CatalogHistory(catalogs, rated.currency);
  const clock = new WallClock(timezone);
  const used = new Map<string, { rate: UsedRate; records: number; units: number }>();
  for (const record of rated.records) {
    if (record.priced === 0) continue;
    const rate = rateOf(record, rated, history, clock);
    if (rate === undefined) continue;
    const key = [rate.table, new Date(rate.since).toISOString(), rate.prefix, rate.band].join('\n');
    const sum = used.get(key) ?? { rate, records: 0, units: 0 };
    sum.records += 1;
    sum.units += record.priced;
    used.set(key, sum);
  }
  return [...used]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { rate, records, units }]) => ({ ...rate, records, units }));
}

/** `undefined` for a charge with a price of its own. */
function rateOf(
  record: RatedRecord,
  rated: RatedPeriod,
  history: CatalogHistory,
  clock: WallClock,
): UsedRate | undefined {
  const { startedAt, peer } = record.record.facts;
  const name = tableOf(record, rated, history);
  const terms = name === undefined ? null : history.tableAt(name, startedAt);
  if (name === undefined || terms === null) return undefined;
  const { table, version } = terms;
  const prefix = table.prefixes.find(peer);
  const band = table.hasBands ? bandAt(version.bandWeek, clock.at(startedAt)) : 0;
  const found = placeAt(table, prefix, band);
  const card = found && table.source.rates[rated.currency]?.cards[found.place];
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
    records: 0,
    units: 0,
  };
}

function tableOf({ line, charge, record }: RatedRecord, rated: RatedPeriod, history: CatalogHistory) {
  const { startedAt } = record.facts;
  const part = rated.lines.find(each => each.line === line && each.from <= startedAt && startedAt < each.until);
  const plan = part && history.planAt(part.plan, part.from)?.plan.plan;
  const pricing = plan?.charges.find(({ id }) => id === charge)?.pricing;
  return pricing?.type === 'table' ? pricing.table : undefined;
}
