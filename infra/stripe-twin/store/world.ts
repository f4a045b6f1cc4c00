import type { Clock, Instant } from '#shared/platform/instant.ts';
import { Agenda } from './agenda.ts';
import type { Ids } from './ids.ts';
import { Store } from './store.ts';

/** What Stripe's dashboard calls Smart Retries. */
export interface RetryRule {
  /** After the first attempt. */
  readonly tries: number;
  /** From the first failure to the last try, in domain milliseconds. */
  readonly withinMs: number;
  /** What becomes of the subscription after the last try. */
  readonly outcome: 'past_due' | 'unpaid' | 'cancel';
}

export interface Settings {
  /** How long a meter event takes to show in summaries, in domain milliseconds. */
  readonly summaryLagMs: number;
  /** From the end of a period to the finalisation of its invoice, in domain milliseconds. */
  readonly graceMs: number;
  readonly retries: RetryRule;
  /** Base of the links that point at the twin itself. */
  readonly address: string;
}

/** Who caused what happens now: an API request, or nobody (the twin's own work). */
export interface Cause {
  readonly requestId: string;
  readonly idempotencyKey: string | null;
}

/** What every handler and every piece of billing works on. */
export class World {
  readonly store = new Store();
  readonly agenda: Agenda;
  readonly ids: Ids;
  readonly settings: Settings;
  cause: Cause | undefined;
  readonly #clock: Clock;
  #moment: Instant | undefined;

  constructor(clock: Clock, ids: Ids, settings: Settings) {
    this.#clock = clock;
    this.ids = ids;
    this.settings = settings;
    this.agenda = new Agenda(this.store);
  }

  now(): Instant {
    return this.#moment ?? this.#clock();
  }

  /** Stripe's time: whole seconds. */
  unixNow(): number {
    return Math.floor(this.now() / 1_000);
  }

  /** Work that happens at a moment of its own, which may lie before the clock's. */
  atMoment<Result>(moment: Instant, work: () => Result): Result {
    const outer = this.#moment;
    this.#moment = moment;
    try {
      return work();
    } finally {
      this.#moment = outer;
    }
  }
}
