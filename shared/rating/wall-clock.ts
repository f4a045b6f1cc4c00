import type { Instant } from '#shared/platform/instant.ts';
import { stretchAt } from '#shared/platform/time-zones.ts';

/**
 * What an account's clock shows: UTC plus the zone's offset, which is kept between two transitions. A look-up inside
 * the kept stretch costs a comparison, against 4 µs through Intl or Temporal.
 */
export class WallClock {
  readonly #timezone: string;
  #from = 0;
  #until = 0;
  #offset = 0;

  /** Raises RangeError for an unknown zone. */
  constructor(timezone: string) {
    this.#timezone = timezone;
    this.#load(0);
  }

  /** Milliseconds since 1970-01-01T00:00:00 on the wall. */
  at(instant: Instant): number {
    if (instant < this.#from || instant >= this.#until) this.#load(instant);
    return instant + this.#offset;
  }

  #load(instant: Instant): void {
    const { from, until, offset } = stretchAt(this.#timezone, instant);
    this.#from = from;
    this.#until = until;
    this.#offset = offset;
  }
}
