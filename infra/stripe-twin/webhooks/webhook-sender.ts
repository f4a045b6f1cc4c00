import type { Instant } from '#shared/platform/instant.ts';
import type { Delivery } from '../records/delivery.ts';
import type { World } from '../store/world.ts';
import { deliveriesDue, postponeDelivery, takeDelivery } from './deliveries.ts';
import { signatureOf } from './signature.ts';

/** What may be wrong with the way of events for a while. */
export interface WebhookFaults {
  /** Every event is sent twice. */
  readonly duplicate: boolean;
  /** Events of the same moment are sent in any order. */
  readonly reorder: boolean;
}

/** Takes events to their endpoints, one after the other, so that the same run gives the same order. */
export class WebhookSender {
  faults: WebhookFaults = { duplicate: false, reorder: false };
  readonly #world: World;
  readonly #random: () => number;
  /** Real time. */
  readonly #timeoutMs: number;
  readonly #stopping = new AbortController();

  constructor(world: World, random: () => number, timeoutMs: number) {
    this.#world = world;
    this.#random = random;
    this.#timeoutMs = timeoutMs;
  }

  /** Everything that is due at the moment has been answered, or has failed and waits for another attempt. */
  async deliverDue(moment: Instant): Promise<void> {
    for (const delivery of this.#arranged(deliveriesDue(this.#world, moment))) {
      if (this.isStopped) return;
      await this.#deliver(delivery);
    }
  }

  get isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** What is on its way is cut off, and waits in the store for the next start. */
  stop(): void {
    this.#stopping.abort();
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const isTaken = await this.#send(delivery);
    if (this.isStopped) return;
    const settle = isTaken ? takeDelivery : postponeDelivery;
    this.#world.store.attempt(() => settle(this.#world, delivery));
  }

  /** Only 2xx counts: no redirect is followed, a time-out is a failure. An endpoint that is gone has nothing to take. */
  async #send(delivery: Delivery): Promise<boolean> {
    const endpoint = this.#world.store.get('webhook_endpoint', delivery.endpoint);
    const event = this.#world.store.get('event', delivery.event);
    if (!endpoint || !event) return true;
    const body = JSON.stringify(event, null, 2);
    try {
      const response = await fetch(endpoint.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'stripe-signature': signatureOf(body, endpoint.secret, this.#world.unixNow()),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(this.#timeoutMs)]),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  #arranged(deliveries: readonly Delivery[]): Delivery[] {
    const arranged = deliveries.flatMap(delivery => (this.faults.duplicate ? [delivery, delivery] : [delivery]));
    return this.faults.reorder ? this.#shuffled(arranged) : arranged;
  }

  #shuffled(deliveries: readonly Delivery[]): Delivery[] {
    const drawn = deliveries.map(delivery => ({ delivery, rank: this.#random() }));
    return drawn.sort((a, b) => a.rank - b.rank).map(({ delivery }) => delivery);
  }
}
