import { DAY, type Instant } from '#shared/platform/instant.ts';
import { monthsBefore } from './started-at.ts';

/** How long records are kept, by kind. */
export interface Retention {
  /** The earliest `startedAt` that is kept at `now`. */
  readonly keptSince: (kind: string, now: Instant) => Instant;
  /** When a page may go, in seconds since 1970. Never before `keptSince` has passed it. */
  readonly expiresAtSeconds: (kind: string, slotStart: Instant) => number;
}

const LONGEST_MONTH = 31 * DAY;

/** The same number of months for every kind. */
export function retainFor(months: number): Retention {
  return {
    keptSince: (_, now) => monthsBefore(now, months),
    expiresAtSeconds: (_, slotStart) => (monthsBefore(slotStart, -months) + LONGEST_MONTH) / 1_000,
  };
}
