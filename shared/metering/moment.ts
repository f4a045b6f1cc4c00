import { DAY, HOUR, type Instant, MINUTE, type Period, SECOND } from '#shared/platform/instant.ts';

// The meter takes events of the last 35 days and up to 5 minutes ahead; both with a reserve, because a movement is
// sent again under the same timestamp for a day when its first send was lost.
const OLDEST = 34 * DAY - HOUR;
const AHEAD = 4 * MINUTE;
/** Where one billed period ends and the next begins is not ours to know to the second. */
const FROM_EDGE = MINUTE;

/**
 * The timestamp for a movement made at `now`: as late as possible, because an item added to a running subscription bills
 * only what comes after it. `later`: the billed time is too young to have such a moment yet. `none`: there will be none.
 */
export function momentFor(billable: Period, now: Instant): Instant | 'later' | 'none' {
  const first = roundUp(billable.start + FROM_EDGE);
  const last = roundDown(billable.end - FROM_EDGE);
  if (last < first || last < now - OLDEST) return 'none';
  if (first > now + AHEAD) return 'later';
  return Math.min(last, Math.max(first, roundDown(now)));
}

function roundUp(at: Instant): Instant {
  return Math.ceil(at / SECOND) * SECOND;
}

function roundDown(at: Instant): Instant {
  return Math.floor(at / SECOND) * SECOND;
}
