import type { RatedAccount } from '#shared/accounts/account.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { Period } from '#shared/platform/instant.ts';
import type { PageReader } from '#shared/usage/pages/read-pages.ts';
import { type RatedStream, type RecordSink, rateStream, type StreamRating } from './rate-stream.ts';

/** What rating an account needs: `{ pages: pageReader(...), catalogs: () => catalogStore.versions() }`. */
export interface RatingDependencies {
  readonly pages: PageReader;
  /** All published versions, oldest first. */
  readonly catalogs: () => Promise<readonly PublishedCatalog[]>;
}

export interface RatingOptions {
  /** Sees everything that intake has counted; costs twice. */
  readonly consistent: boolean;
}

export interface RecordOptions extends RatingOptions, Pick<StreamRating, 'traceOf'> {}

/**
 * Folds the pages of the account's names and rates the period, now and from scratch.
 * @param period the regular one, boundary to boundary: allowances and fees are prorated by it
 */
export async function rateAccount(
  { pages, catalogs }: RatingDependencies,
  account: RatedAccount,
  period: Period,
  { consistent }: RatingOptions,
): Promise<RatedStream<RecordSink>> {
  const rating = { account, period, catalogs: await catalogs(), consistent, itemised: false };
  return rateStream(pages, rating, () => ({ take: () => undefined }));
}

/** As `rateAccount`, with each record of the period for the sink (see `rateStream`). */
export async function rateRecords<S extends RecordSink>(
  { pages, catalogs }: RatingDependencies,
  account: RatedAccount,
  period: Period,
  { consistent, traceOf }: RecordOptions,
  sinkOf: () => S,
): Promise<RatedStream<S>> {
  const rating = {
    account,
    period,
    catalogs: await catalogs(),
    consistent,
    itemised: true,
    ...(traceOf !== undefined && { traceOf }),
  };
  return rateStream(pages, rating, sinkOf);
}
