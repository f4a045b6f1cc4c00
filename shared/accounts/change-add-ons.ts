import type { Instant } from '#shared/platform/instant.ts';
import type { AddOnTenure } from './account.ts';

/**
 * The tenures once the line has the wanted add-ons, each as often as it is named: what is not wanted any more ends now,
 * what is new begins now, and what is there stays as it is.
 */
export function withAddOns(tenures: readonly AddOnTenure[], wanted: readonly string[], now: Instant): AddOnTenure[] {
  const missing = [...wanted];
  const kept = tenures.flatMap((tenure): AddOnTenure[] => {
    if (tenure.until !== undefined) return [tenure];
    const place = missing.indexOf(tenure.addOn);
    if (place >= 0) {
      missing.splice(place, 1);
      return [tenure];
    }
    return tenure.from >= now ? [] : [{ ...tenure, until: now }];
  });
  return [...kept, ...missing.map(addOn => ({ addOn, from: now }))];
}
