import type { RatedAccount } from '#shared/accounts/account.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { Period } from '#shared/platform/instant.ts';
import { type PageReader, readRecords } from '#shared/usage/read-pages.ts';
import { rate } from './rate.ts';
import type { RatedPeriod } from './rated-period.ts';

/** What rating an account needs: `{ pages: pageReader(...), catalogs: () => shelf.versions() }`. */
export interface RatingSources {
  readonly pages: PageReader;
  /** All published versions, oldest first. */
  readonly catalogs: () => Promise<readonly PublishedCatalog[]>;
}

export interface RatingOptions {
  /** Sees everything that intake has counted; costs twice. */
  readonly consistent: boolean;
  /** Fills `records` of the answer. */
  readonly itemised?: boolean;
}

/**
 * Folds the pages of the account's names and rates the period, now and from scratch.
 * @param period the regular one, boundary to boundary: allowances and fees are prorated by it
 */
export async function rateAccount(
  { pages, catalogs }: RatingSources,
  account: RatedAccount,
  period: Period,
  { consistent, itemised = false }: RatingOptions,
): Promise<RatedPeriod> {
  const tenures = account.lines.flatMap(line => line.names);
  const [versions, records] = await Promise.all([catalogs(), readRecords(pages, tenures, period, { consistent })]);
  return rate({ account, period, records, catalogs: versions, itemised });
}
