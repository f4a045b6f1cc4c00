import type { Instant } from '#shared/platform/instant.ts';

const STILL_AT = 0;
const OFFSET = 1;
const RUNNING = -1n;

/**
 * The time that product code sees. It stands still, or it runs at a distance from real time; worker threads read it
 * from the shared buffer, so that all of them see a move at the same moment.
 *
 *   [0] the instant it stands at, or -1: it runs
 *   [1] domain time minus real time, in ms, while it runs
 */
export class DomainClock {
  readonly shared: SharedArrayBuffer;
  readonly #cells: BigInt64Array;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(16)) {
    this.shared = shared;
    this.#cells = new BigInt64Array(shared);
  }

  static still(at: Instant): DomainClock {
    const clock = new DomainClock();
    clock.standAt(at);
    return clock;
  }

  static running(from: Instant): DomainClock {
    const clock = new DomainClock();
    clock.runFrom(from);
    return clock;
  }

  now(realNow: Instant = Date.now()): Instant {
    const at = Atomics.load(this.#cells, STILL_AT);
    return at === RUNNING ? realNow + Number(Atomics.load(this.#cells, OFFSET)) : Number(at);
  }

  get isStill(): boolean {
    return Atomics.load(this.#cells, STILL_AT) !== RUNNING;
  }

  standAt(instant: Instant): void {
    Atomics.store(this.#cells, STILL_AT, BigInt(instant));
  }

  runFrom(instant: Instant): void {
    // The offset first: a reader in between still sees the old standing time, never a sum of both.
    Atomics.store(this.#cells, OFFSET, BigInt(instant - Date.now()));
    Atomics.store(this.#cells, STILL_AT, RUNNING);
  }
}
