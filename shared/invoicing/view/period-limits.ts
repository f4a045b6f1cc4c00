import { DAY, type Period } from '#shared/platform/instant.ts';
import { wallAt } from '#shared/platform/time-zones.ts';

/** Both limits are midnights on the account's clock: the days say all. */
export function hasWholeDays({ start, end }: Period, timezone: string): boolean {
  return [start, end].every(limit => wallAt(timezone, limit) % DAY === 0);
}
