import type { MeterEvent, Meters, SendOutcome } from '#shared/metering/meter.ts';
import { type Clock, DAY, type Instant, MINUTE } from '#shared/platform/instant.ts';

/** What happens to one send. `-before`: it never reached the meter. `-after`: it did, and the sender does not learn it. */
export const FATES = [
  'arrives',
  'lost-before',
  'lost-after',
  'fails-before',
  'fails-after',
  'busy',
  'dies-before',
  'dies-after',
  'hangs-before',
  'hangs-after',
] as const;
export type Fate = (typeof FATES)[number];

/** The sender's process is gone. */
export class Killed extends Error {}

/**
 * What Stripe promises of a meter, and no more: an identifier is unique for exactly 24 hours, an answered request is
 * answered alike under the same idempotency key for as long, and the summary lags.
 */
export class ModelMeter implements Meters {
  readonly accepted: { readonly identifier: string; readonly value: bigint; readonly at: Instant }[] = [];
  /** Fates of the coming sends; when they are used up, sends arrive. */
  fates: Fate[] = [];
  readonly #clock: Clock;
  readonly #answers = new Map<string, { readonly outcome: SendOutcome; readonly at: Instant }>();
  readonly #hanging: (() => void)[] = [];
  readonly #lag: number;

  constructor(clock: Clock, lag = 50 * MINUTE) {
    this.#clock = clock;
    this.#lag = lag;
  }

  total(): bigint {
    return this.accepted.reduce((sum, { value }) => sum + value, 0n);
  }

  /** How many sends wait for an answer. */
  get hanging(): number {
    return this.#hanging.length;
  }

  /** Whoever hangs gets its answer now. */
  release(): void {
    for (const resume of this.#hanging.splice(0)) resume();
  }

  async send(event: MeterEvent): Promise<SendOutcome> {
    const fate = this.fates.shift() ?? 'arrives';
    const unknown: SendOutcome = { outcome: 'unknown', reason: fate };
    switch (fate) {
      case 'arrives':
        return this.#take(event);
      case 'busy':
        return { outcome: 'not-arrived', reason: fate };
      case 'lost-before':
        return unknown;
      case 'lost-after':
        this.#take(event);
        return unknown;
      case 'fails-before':
        this.#answers.set(event.idempotencyKey, { outcome: unknown, at: this.#clock() });
        return unknown;
      case 'fails-after':
        this.#take(event);
        this.#answers.set(event.idempotencyKey, { outcome: unknown, at: this.#clock() });
        return unknown;
      case 'dies-before':
        throw new Killed(fate);
      case 'dies-after':
        this.#take(event);
        throw new Killed(fate);
      case 'hangs-before':
        return this.#hang(unknown);
      case 'hangs-after':
        return this.#hang(this.#take(event));
      default:
        return fate satisfies never;
    }
  }

  async read(): Promise<bigint> {
    const known = this.accepted.filter(({ at }) => at <= this.#clock() - this.#lag);
    return known.reduce((sum, { value }) => sum + value, 0n);
  }

  #hang(outcome: SendOutcome): Promise<SendOutcome> {
    return new Promise(resolve => this.#hanging.push(() => resolve(outcome)));
  }

  #take({ identifier, idempotencyKey, value }: MeterEvent): SendOutcome {
    const now = this.#clock();
    const answered = this.#answers.get(idempotencyKey);
    if (answered !== undefined && now < answered.at + DAY) return answered.outcome;
    const known = this.accepted.findLast(event => event.identifier === identifier);
    if (known === undefined || now >= known.at + DAY) this.accepted.push({ identifier, value, at: now });
    this.#answers.set(idempotencyKey, { outcome: { outcome: 'arrived' }, at: now });
    return { outcome: 'arrived' };
  }
}
