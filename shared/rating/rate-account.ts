import type { RatedAccount } from '#shared/accounts/account.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { Period } from '#shared/platform/instant.ts';
import type { UnmatchedVoid } from '#shared/usage/pages/decode-pages.ts';
import { type PageReader, readUsage } from '#shared/usage/pages/read-pages.ts';
import { rate } from './rate.ts';
import type { RatedPeriod } from './rated-period.ts';

/** What rating an account needs: `{ pages: pageReader(...), catalogs: () => catalogStore.versions() }`. */
export interface RatingDependencies {
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

/** A rated period, with the voids of it that found no record. */
export interface RatedUsage extends RatedPeriod {
  readonly unmatchedVoids: readonly UnmatchedVoid[];
}

/**
 * Folds the pages of the account's names and rates the period, now and from scratch.
 * @param period the regular one, boundary to boundary: allowances and fees are prorated by it
 */
export async function rateAccount(
  { pages, catalogs }: RatingDependencies,
  account: RatedAccount,
  period: Period,
  { consistent, itemised = false }: RatingOptions,
): Promise<RatedUsage> {
  const tenures = account.lines.flatMap(line => line.names);
  const [versions, usage] = await Promise.all([catalogs(), readUsage(pages, tenures, period, { consistent })]);
  const { records, unmatchedVoids } = usage;
  return { ...rate({ account, period, records, catalogs: versions, itemised }), unmatchedVoids };
}
