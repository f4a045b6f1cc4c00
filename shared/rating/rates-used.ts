import type { RatedAccount } from '#shared/accounts/account.ts';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { Period } from '#shared/platform/instant.ts';
import { planParts } from './line-parts.ts';
import type { RatedRecord } from './rated-period.ts';
import { type RateRow, RecordTerms } from './record-terms.ts';

/** A row of a rate table, and what was priced by it. */
export interface UsedRate extends RateRow {
  /** Records with priced units, and their priced units (s, B, 1). */
  readonly records: number;
  readonly units: number;
}

/** The rows by which the records of a period were priced: takes its records one by one, itemised. */
export class RatesUsed {
  readonly #terms: RecordTerms;
  readonly #used = new Map<string, { rate: RateRow; records: number; units: number }>();

  constructor(account: RatedAccount, period: Period, catalogs: readonly CatalogVersion[]) {
    const { currency, timezone } = account;
    this.#terms = new RecordTerms({ currency, lines: planParts(account, period) }, timezone, catalogs);
  }

  take(record: RatedRecord): void {
    if (record.priced === 0) return;
    const rate = this.#terms.rowOf(record);
    if (rate === undefined) return;
    const key = [rate.table, new Date(rate.since).toISOString(), rate.prefix, rate.band].join('\n');
    const sum = this.#used.get(key) ?? { rate, records: 0, units: 0 };
    sum.records += 1;
    sum.units += record.priced;
    this.#used.set(key, sum);
  }

  /** By table, date, prefix and band. */
  rates(): UsedRate[] {
    return [...this.#used]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { rate, records, units }]) => ({ ...rate, records, units }));
  }
}
