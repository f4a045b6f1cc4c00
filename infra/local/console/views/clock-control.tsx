import type { Instant } from '#shared/platform/instant.ts';
import { momentText } from '../moment-text.ts';

export interface ClockView {
  readonly now: Instant;
  /** It moves only by command. */
  readonly isStill: boolean;
  /** Stripe is on real time, and so is everything. */
  readonly isReal: boolean;
  /** The sample is still being told: the clock is not the reader's. */
  readonly isTold: boolean;
  /** The page to come back to. */
  readonly back: string;
}

const MOVES = [
  { move: 'hour', label: '+1 hour' },
  { move: 'day', label: '+1 day' },
  { move: 'period-end', label: 'To period end' },
] as const;

/** Domain time and what moves it: a plain form, one button per move. */
export function ClockControl({ clock }: { clock: ClockView }) {
  const { now, isReal, isTold, back } = clock;
  return (
    <section class="clock" aria-label="Clock">
      <div>
        <time dateTime={new Date(now).toISOString()}>{momentText(now)}</time>
        <br />
        <small>{howItGoes(clock)}</small>
      </div>
      <form class="moves" method="post" action="/console/clock">
        <input type="hidden" name="back" value={back} />
        {MOVES.map(({ move, label }) => (
          <button
            key={move}
            type="submit"
            name="move"
            value={move}
            disabled={isTold || isReal}
            title={move === 'period-end' ? 'three hours later, when its bills are out' : undefined}
          >
            {label}
          </button>
        ))}
      </form>
    </section>
  );
}

function howItGoes({ isStill, isReal, isTold }: ClockView): string {
  if (isTold) return 'the sample is being told';
  if (isReal) return 'real time, as at Stripe’s sandbox';
  return isStill ? 'stands still, moves by command' : 'runs by itself, also after a move';
}
