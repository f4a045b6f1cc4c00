import { Temporal } from 'temporal-polyfill';
import type { Instant } from '#shared/platform/instant.ts';

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
    const moment = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.#timezone);
    const next = moment.getTimeZoneTransition('next');
    this.#offset = moment.offsetNanoseconds / 1e6;
    // `instant` itself may be a transition: it begins the stretch in which it lies.
    this.#from = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
    this.#until = next?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  }
}
