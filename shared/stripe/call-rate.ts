// Stripe takes so many calls a second of each kind, from all instances of all functions together (docs.stripe.com/rate-limits:
// 25 of one endpoint, 100 of all, 1,000 meter events). 40,000 invoices at a month's start are four events each, and a read for
// each event. Every instance has its share; one that is refused all the same makes room, and comes back by and by:
//
//   call ──▶ its endpoint's turn ──▶ all calls' turn ──▶ sent ──▶ 429: half the share, and a pause     other: a little more again
//        turn too far off: not sent; whoever asked comes again later

/** Nothing was sent: the share of this instance is used up for longer than a call can wait. */
export class ShareUsed extends Error {
  override readonly name = 'ShareUsed';
  readonly code = SHARE_USED;
}

export const SHARE_USED = 'DUNLIN_SHARE_USED';

interface Turns {
  /** Calls a second. */
  readonly full: number;
  rate: number;
  /** Milliseconds. */
  next: number;
}

export interface Pace {
  /** Milliseconds of a clock that runs by itself. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

const REAL: Pace = {
  now: () => performance.now(),
  pause: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
};

/** A function lives for a minute, and makes a dozen calls one after the other. */
const PATIENCE = 3_000;
const PAUSE = 1_000;
const LEAST = 0.1;
/** How many more calls Stripe takes of these than of others. */
const MORE: Readonly<Record<string, number>> = { 'POST /v1/billing/meter_events': 40 };
const ALL = 'all';
const ALL_TOGETHER = 4;

/** The share of one instance in the calls that Stripe takes. */
export class CallRate {
  readonly #perSecond: number;
  readonly #pace: Pace;
  readonly #turns = new Map<string, Turns>();

  /** @param perSecond calls of one endpoint */
  constructor(perSecond: number, pace: Pace = REAL) {
    this.#perSecond = perSecond;
    this.#pace = pace;
  }

  /** Waits for the turn of a call. @throws ShareUsed when that is too far off */
  async take(endpoint: string): Promise<void> {
    const now = this.#pace.now();
    const turns = this.#of(endpoint).map(each => ({ each, at: turnOf(each, now) }));
    const at = Math.max(...turns.map(turn => turn.at));
    if (at - now > PATIENCE) throw new ShareUsed();
    for (const turn of turns) turn.each.next = turn.at + 1_000 / turn.each.rate;
    if (at > now) await this.#pace.pause(at - now);
  }

  /** What Stripe said to a call. */
  heard(endpoint: string, status: number): void {
    for (const turns of this.#of(endpoint)) {
      if (status === 429) {
        turns.rate = Math.max(Math.min(LEAST, turns.full), turns.rate / 2);
        turns.next = Math.max(turns.next, this.#pace.now() + PAUSE);
      } else {
        turns.rate = Math.min(turns.full, turns.rate + turns.full / 20);
      }
    }
  }

  #of(endpoint: string): readonly Turns[] {
    const more = MORE[endpoint];
    if (more !== undefined) return [this.#named(endpoint, more)];
    return [this.#named(endpoint, 1), this.#named(ALL, ALL_TOGETHER)];
  }

  #named(name: string, times: number): Turns {
    const known = this.#turns.get(name);
    if (known !== undefined) return known;
    const full = this.#perSecond * times;
    const turns = { full, rate: full, next: Number.NEGATIVE_INFINITY };
    this.#turns.set(name, turns);
    return turns;
  }
}

/** What was not used in the last second may be used at once. */
function turnOf({ next }: Turns, now: number): number {
  return Math.max(next, now - 1_000);
}

/** `POST /v1/invoices/{id}/pay`: Stripe's ids have a prefix and at least one digit or capital letter behind it. */
export function endpointOf(method: string, path: string): string {
  const [bare = ''] = path.split('?', 1);
  const parts = bare.split('/').map(part => (ID.test(part) ? '{id}' : part));
  return `${method.toUpperCase()} ${parts.join('/')}`;
}

const ID = /^[a-z]+(?:_(?:test|live))?_(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{6,}$/;
