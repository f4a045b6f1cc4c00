import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { PartAnswer, PartRequest } from './exchange.ts';
import type { Forwarder } from './forward.ts';

/** What may be wrong with Stripe for a while (contract section 9). The last two are about webhooks. */
export const StripeFaults = z.strictObject({
  down: z.boolean().default(false),
  latencyMs: z.number().min(0).max(60_000).default(0),
  /** Share of requests whose answer is lost, half of them after they took effect. */
  dropRate: z.number().min(0).max(1).default(0),
  duplicate: z.boolean().default(false),
  reorder: z.boolean().default(false),
});
export type StripeFaults = z.infer<typeof StripeFaults>;

/** The product's line to the Stripe twin. Others reach the twin directly: they want to see how it stands. */
export class StripeProxy {
  readonly #twin: Forwarder;
  readonly #random: () => number;
  faults: StripeFaults = StripeFaults.parse({});

  constructor(twin: Forwarder, random: () => number) {
    this.#twin = twin;
    this.#random = random;
  }

  /** `undefined`: no connection, or the answer was lost. */
  async send(request: PartRequest): Promise<PartAnswer | undefined> {
    const { down, latencyMs, dropRate } = this.faults;
    if (latencyMs > 0) await sleep(latencyMs);
    if (down) return undefined;
    if (this.#random() >= dropRate) return this.#twin.send(request);
    if (this.#random() < 0.5) await this.#twin.send(request);
    return undefined;
  }
}
