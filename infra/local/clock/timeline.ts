import type { Instant } from '#shared/platform/instant.ts';
import type { DomainClock } from './domain-clock.ts';
import type { Schedule } from './schedule.ts';
import type { Stillness } from './stillness.ts';

/** A part with a time of its own: invoices to draw up, summaries to close. */
export interface TimedPart {
  /** When it next does something by itself. */
  readonly nextAt: () => Instant | undefined;
  readonly runUntil: (now: Instant) => Promise<void>;
}

const LOOK_EVERY_MS = 250;
const MOST_ROUNDS = 200;

/**
 * Moves domain time through everything that falls due, in order. At each such moment, until nothing is left to do:
 * first Stripe, then what functions and queues make of it, then the schedules that may have seen something new.
 */
export class Timeline {
  readonly #clock: DomainClock;
  readonly #schedules: readonly Schedule[];
  readonly #stripe: TimedPart;
  readonly #stillness: Stillness;
  readonly #moved: () => void;
  #turn: Promise<unknown> = Promise.resolve();
  #ticker: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: {
    clock: DomainClock;
    schedules: readonly Schedule[];
    stripe: TimedPart;
    stillness: Stillness;
    /** Called after each step of the clock. */
    moved: () => void;
  }) {
    this.#clock = options.clock;
    this.#schedules = options.schedules;
    this.#stripe = options.stripe;
    this.#stillness = options.stillness;
    this.#moved = options.moved;
  }

  /** Throws a `RangeError` for a moment in the past. Where time runs, it runs on from there. */
  moveTo(to: Instant): Promise<void> {
    return this.#inTurn(async () => {
      const runs = !this.#clock.isStill;
      const from = this.#clock.now();
      if (to < from) throw new RangeError('The clock moves forward only.');
      this.#clock.standAt(from);
      try {
        await this.#travel(to);
      } finally {
        if (runs) this.#clock.runFrom(this.#clock.now());
      }
    });
  }

  settle(): Promise<void> {
    return this.#inTurn(() => this.#settleAt(this.#clock.now()));
  }

  /** Lets schedules and Stripe follow a running clock. `failed` hears of what goes wrong on the way. */
  follow(failed: (error: unknown) => void): void {
    let isBusy = false;
    this.#ticker = setInterval(() => {
      if (isBusy || this.#clock.isStill) return;
      isBusy = true;
      this.#inTurn(() => this.#catchUp(this.#clock.now()))
        .catch(failed)
        .finally(() => {
          isBusy = false;
        });
    }, LOOK_EVERY_MS);
  }

  /** A move that is under way ends with an error at its next step. */
  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#ticker);
  }

  async #travel(to: Instant): Promise<void> {
    await this.#settleAt(this.#clock.now());
    for (let next = this.#nextMoment(); next !== undefined && next <= to; next = this.#nextMoment()) {
      const now = Math.max(next, this.#clock.now());
      this.#step(now);
      await this.#runStripe(now);
      await this.#stillness.reached();
      for (const schedule of this.#schedules) if (isDue(schedule.nextUseful(), now)) await schedule.fire(now);
      await this.#settleAt(now);
    }
    this.#step(to);
    await this.#settleAt(to);
  }

  #step(now: Instant): void {
    this.#clock.standAt(now);
    this.#moved();
  }

  #nextMoment(): Instant | undefined {
    const moments = [this.#stripe.nextAt(), ...this.#schedules.map(schedule => schedule.nextUseful())];
    const known = moments.filter(moment => moment !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  async #settleAt(now: Instant): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      if (this.#isStopped) throw new Error('The local cloud was stopped.');
      await this.#stillness.reached();
      await this.#runStripe(now);
      await this.#stillness.reached();
      if (isDue(this.#stripe.nextAt(), now)) continue;
      const restless = this.#schedules.find(schedule => schedule.isRestless(now));
      if (restless === undefined) return;
      await restless.fire(now);
    }
    throw new Error(`Something is due again and again at ${new Date(now).toISOString()}: time cannot go on.`);
  }

  async #runStripe(now: Instant): Promise<void> {
    if (isDue(this.#stripe.nextAt(), now)) await this.#stripe.runUntil(now);
  }

  async #catchUp(now: Instant): Promise<void> {
    await this.#runStripe(now);
    for (const schedule of this.#schedules) if (isDue(schedule.nextFiring(), now)) await schedule.fire(now);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function isDue(moment: Instant | undefined, now: Instant): boolean {
  return moment !== undefined && moment <= now;
}
