import { type BillingAnchor, regularPeriod } from '#shared/accounts/billing-day.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';

/** The period behind one that ended, from the subscription's current one. */
export function nextPeriod(
  ended: { readonly end: Instant },
  current: Period,
  anchor: BillingAnchor,
): Period & { readonly billedFrom: Instant } {
  const regular = regularPeriod(ended.end, anchor);
  // Nobody may have looked for months: then the periods in between come first, each with its own end long past.
  const next = current.start < regular.end ? { ...regular, end: current.end } : regular;
  return { ...next, billedFrom: Math.max(next.start, ended.end) };
}
