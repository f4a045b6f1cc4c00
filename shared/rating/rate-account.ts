import type { CarriedAllowance, RatedAccount } from '#shared/accounts/account.ts';
import { type PublishedCatalog, rollsOver } from '#shared/catalog/catalog-version.ts';
import type { Period } from '#shared/platform/instant.ts';
import type { PageReader } from '#shared/usage/pages/read-pages.ts';
import { type RatedStream, type RecordSink, rateStream, type StreamRating } from './rate-stream.ts';

/** What rating an account needs: `{ pages: pageReader(...), catalogs: () => catalogStore.versions() }`. */
export interface RatingDependencies {
  readonly pages: PageReader;
  /** All published versions, oldest first. */
  readonly catalogs: () => Promise<readonly PublishedCatalog[]>;
  /** What was carried into a period of an account; only asked for where a plan has it. */
  readonly carriedInto: (
    account: string,
    period: Period,
    options: RatingOptions,
  ) => Promise<readonly CarriedAllowance[]>;
  /** The most records of one account in one period that are rated; left out: all. */
  readonly mostRecords?: number | undefined;
}

export interface RatingOptions {
  /** Sees everything that intake has counted; costs twice. */
  readonly consistent: boolean;
}

export interface RecordOptions extends RatingOptions, Pick<StreamRating, 'traceOf'> {}

/**
 * Folds the pages of the account's names and rates the period, now and from scratch.
 * @param period the regular one, boundary to boundary: allowances and fees are prorated by it
 * @throws PeriodTooLarge
 */
export async function rateAccount(
  sources: RatingDependencies,
  account: RatedAccount,
  period: Period,
  options: RatingOptions,
): Promise<RatedStream<RecordSink>> {
  const rating = { ...(await ratingOf(sources, account, period, options)), itemised: false };
  return rateStream(sources.pages, rating, () => ({ take: () => undefined }));
}

/** As `rateAccount`, with each record of the period for the sink (see `rateStream`). */
export async function rateRecords<S extends RecordSink>(
  sources: RatingDependencies,
  account: RatedAccount,
  period: Period,
  options: RecordOptions,
  sinkOf: () => S,
): Promise<RatedStream<S>> {
  const { traceOf } = options;
  const rating = {
    ...(await ratingOf(sources, account, period, options)),
    itemised: true,
    ...(traceOf !== undefined && { traceOf }),
  };
  return rateStream(sources.pages, rating, sinkOf);
}

async function ratingOf(
  sources: RatingDependencies,
  account: RatedAccount,
  period: Period,
  options: RatingOptions,
): Promise<Omit<StreamRating, 'itemised'>> {
  const catalogs = await sources.catalogs();
  const isKnown = account.carriedIn !== undefined || !rollsOver(catalogs);
  const carriedIn = isKnown ? account.carriedIn : await sources.carriedInto(account.account, period, options);
  const { consistent } = options;
  const { mostRecords } = sources;
  return { account: { ...account, carriedIn: carriedIn ?? [] }, period, catalogs, consistent, mostRecords };
}
