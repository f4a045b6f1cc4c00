import * as z from 'zod';
import { signatureOf } from '#infra/stripe-twin/webhooks/signature.ts';
import { HOUR, type Instant, SECOND } from '#shared/platform/instant.ts';
import type { SandboxProxy } from './sandbox-proxy.ts';

/** No webhook reaches this machine from outside, so events are fetched. The sandbox takes 25 requests a second. */
const EVERY = 3 * SECOND;
const EVERY_WITHOUT_ANSWER = 30 * SECOND;
/** An event may appear in the list a moment after others of its second. */
const OVERLAP_SECONDS = 60;
const TRIED_FOR = HOUR;

const Event = z.looseObject({ id: z.string(), type: z.string(), created: z.int() });
type Event = z.infer<typeof Event>;
const Page = z.object({ data: z.array(Event), has_more: z.boolean() });

export interface Listener {
  readonly url: string;
  readonly secret: string;
  readonly enabledEvents: readonly string[];
}

/** Fetches what happened at the sandbox and delivers it as Stripe would: signed, in order, again until it is taken. */
export class EventPoll {
  readonly #line: SandboxProxy;
  readonly #now: () => Instant;
  readonly #say: (text: string) => void;
  readonly #seen = new Map<string, number>();
  #waiting: Event[] = [];
  #listener: Listener | undefined;
  #since: number;
  #nextAt: Instant;
  #isSilent = false;

  /** @param since Unix seconds: events before it are of no interest */
  constructor(line: SandboxProxy, since: number, now: () => Instant, say: (text: string) => void) {
    this.#line = line;
    this.#now = now;
    this.#say = say;
    this.#since = since;
    this.#nextAt = now();
  }

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  get nextAt(): Instant {
    return this.#nextAt;
  }

  /** Up to here everything was fetched: Unix seconds. */
  get since(): number {
    return this.#since;
  }

  /** Without an answer of the sandbox nothing is lost: the next one looks back as far. */
  async run(): Promise<void> {
    try {
      await this.#fetch();
      this.#isSilent = false;
      this.#nextAt = this.#now() + EVERY;
    } catch (error) {
      if (!this.#isSilent) this.#say(error instanceof Error ? error.message : String(error));
      this.#isSilent = true;
      this.#nextAt = this.#now() + EVERY_WITHOUT_ANSWER;
    }
    await this.#deliver();
  }

  async #fetch(): Promise<void> {
    const from = this.#since - OVERLAP_SECONDS;
    const newestFirst: Event[] = [];
    for (let after = '', isMore = true; isMore; ) {
      const page = await this.#line.read(`/v1/events?limit=100&created[gte]=${from}${after}`, Page);
      newestFirst.push(...page.data);
      const last = page.data.at(-1);
      isMore = page.has_more && last !== undefined;
      after = `&starting_after=${last?.id}`;
    }
    const fresh = newestFirst.reverse().filter(({ id }) => !this.#seen.has(id));
    for (const { id, created } of fresh) this.#seen.set(id, created);
    this.#waiting.push(...fresh.filter(({ type }) => this.#listener?.enabledEvents.includes(type) ?? false));
    this.#since = Math.max(this.#since, ...fresh.map(({ created }) => created));
    for (const [id, created] of this.#seen) if (created < this.#since - OVERLAP_SECONDS) this.#seen.delete(id);
  }

  async #deliver(): Promise<void> {
    const left: Event[] = [];
    for (const event of this.#waiting.splice(0)) {
      if (await this.#isTaken(event)) continue;
      if (event.created * SECOND + TRIED_FOR > this.#now()) left.push(event);
      else this.#say(`the product does not take ${event.type} (${event.id}); it is given up`);
    }
    this.#waiting = left;
  }

  async #isTaken(event: Event): Promise<boolean> {
    if (this.#listener === undefined) return true;
    const { url, secret } = this.#listener;
    const body = JSON.stringify(event);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signatureOf(body, secret, Math.floor(this.#now() / SECOND)),
        },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }
}
