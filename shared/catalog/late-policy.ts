import type { Instant } from '#shared/platform/instant.ts';
import type { CatalogVersion } from './catalog-version.ts';

/** What becomes of usage that comes after its period was billed. */
export type LatePolicy = NonNullable<CatalogVersion['latePolicy']>;

/** A catalog that says nothing bills it on the next bill, however old it is. */
const BY_DEFAULT: LatePolicy = { mode: 'carry-forward', limitMs: null };

/** The one in force. @param catalogs in order of their dates */
export function latePolicyAt(catalogs: readonly CatalogVersion[], at: Instant): LatePolicy {
  return catalogs.findLast(({ effectiveFrom }) => effectiveFrom <= at)?.latePolicy ?? BY_DEFAULT;
}

/** Whether usage of that moment that was accepted then is still billed. Instants. */
export function isStillBilled({ mode, limitMs }: LatePolicy, startedAt: Instant, acceptedAt: Instant): boolean {
  return mode === 'carry-forward' && (limitMs === null || acceptedAt - startedAt <= limitMs);
}
