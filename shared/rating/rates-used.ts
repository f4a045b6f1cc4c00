import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { RatedPeriod } from './rated-period.ts';
import { type RateRow, RecordTerms } from './record-terms.ts';

/** A row of a rate table, and what was priced by it. */
export interface UsedRate extends RateRow {
  /** Records with priced units, and their priced units (s, B, 1). */
  readonly records: number;
  readonly units: number;
}

/** The rows by which the records of an itemised period were priced, by table, date, prefix and band. */
export function ratesUsed(rated: RatedPeriod, timezone: string, catalogs: readonly CatalogVersion[]): UsedRate[] {
  const terms = new RecordTerms(rated, timezone, catalogs);
  const used = new Map<string, { rate: RateRow; records: number; units: number }>();
  for (const record of rated.records) {
    if (record.priced === 0) continue;
    const rate = terms.rowOf(record);
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
