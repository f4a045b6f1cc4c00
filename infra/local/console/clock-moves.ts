import { DAY, HOUR, type Instant } from '#shared/platform/instant.ts';

/** How far the console can move the clock. */
export const CLOCK_MOVES = ['hour', 'day', 'period-end'] as const;
export type ClockMove = (typeof CLOCK_MOVES)[number];

/** An invoice is final within two hours of its period's end, and its bill goes out at once. */
const UNTIL_BILLS = 3 * HOUR;

/** @param periodEnds of all lines; `undefined`: no period lies ahead */
export function clockTarget(move: ClockMove, now: Instant, periodEnds: readonly Instant[]): Instant | undefined {
  switch (move) {
    case 'hour':
      return now + HOUR;
    case 'day':
      return now + DAY;
    case 'period-end': {
      const ahead = periodEnds.map(end => end + UNTIL_BILLS).filter(moment => moment > now);
      return ahead.length === 0 ? undefined : Math.min(...ahead);
    }
    default:
      return move satisfies never;
  }
}
