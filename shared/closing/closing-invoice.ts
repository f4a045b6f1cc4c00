import { DAY, type Instant, MINUTE, type Period } from '#shared/platform/instant.ts';

/** Far more than the provider takes to make it, and less than the shortest full period. */
const LOOK_AHEAD = 5 * DAY;

/** When the provider makes the invoice that closes a period: at its end, give or take what its schedulers need. */
export function madeAtEndOf({ end }: { readonly end: Instant }): Period {
  return { start: end - MINUTE, end: end + LOOK_AHEAD };
}
