import type { Locale } from '#shared/locale/locales.ts';
import type { RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import { RatesUsed, type UsedRate } from '#shared/rating/rates-used.ts';
import type { BillRecord } from './bill-document.ts';
import { type BillRecordDependencies, BillRecordMaker } from './bill-records.ts';
import { DestinationNames } from './destination-names.ts';
import { UsageByCharge } from './usage-by-charge.ts';
import { UseByKind } from './use-by-kind.ts';

/** Where the records of a bill go to, in rating order, the lines of the account one after the other. */
export interface BillRecordSink {
  take(record: BillRecord): void;
  flush?(): Promise<void>;
}

/**
 * What a bill says of the single records of its period. It takes them one by one, as rating makes them, and keeps sums:
 * the records themselves go on, so that a million of them need no more memory than a thousand.
 */
export class UsageOfBill<S extends BillRecordSink = BillRecordSink> implements RecordSink {
  readonly byCharge: UsageByCharge;
  readonly byKind = new UseByKind();
  /** Those that stand on the bill. */
  readonly records: S;
  readonly #rates: RatesUsed;
  readonly #maker: BillRecordMaker;

  readonly #names: DestinationNames;

  /** @param making with the reader's language */
  constructor(making: BillRecordDependencies & { readonly locale: Locale }, records: S) {
    const { account, period, catalogs, locale } = making;
    this.#names = new DestinationNames(catalogs, locale);
    this.byCharge = new UsageByCharge(account.currency);
    this.#rates = new RatesUsed(account, period, catalogs);
    this.#maker = new BillRecordMaker(making);
    this.records = records;
  }

  take(rating: RatedRecord): void {
    // A bill says whom a record went to in the reader's language, or not at all.
    const rated = { ...rating, destination: this.#names.nameOf(rating) };
    this.byCharge.take(rated);
    this.byKind.take(rating);
    this.#rates.take(rated);
    const record = this.#maker.make(rated);
    if (record !== undefined) this.records.take(record);
  }

  async flush(): Promise<void> {
    await this.records.flush?.();
  }

  rates(): UsedRate[] {
    return this.#rates.rates();
  }
}
