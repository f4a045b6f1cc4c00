import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { isCall } from '#infra/stripe-twin/http/planned-answers.ts';
import { operations } from '#infra/stripe-twin/routes.ts';
import type { PartAnswer, PartRequest } from './exchange.ts';
import type { Forwarder } from './forward.ts';

const STATUS_RULE = 'is an HTTP status from 400 to 599, or "lost"';

/** An answer that matching calls get instead of their own (contract section 9). */
const PlannedAnswer = z.strictObject({
  call: z
    .string()
    .regex(
      /^(GET|POST|DELETE) \/v[12]\/[^\s?]+$/,
      'is a method and a path without query, as POST /v1/invoices/{id}/pay',
    )
    .refine(isCallOfTheTwin, 'is not a call that the Stripe twin takes; ids are written as {id}'),
  status: z
    .union([z.int(), z.literal('lost')], STATUS_RULE)
    .refine(status => status === 'lost' || (status >= 400 && status <= 599), STATUS_RULE),
  code: z.string().min(1).optional(),
  times: z.int().min(1).max(100_000).default(1),
});

/** What may be wrong with Stripe for a while (contract section 9). The last two are about webhooks. */
export const StripeFaults = z.strictObject({
  down: z.boolean().default(false),
  latencyMs: z.number().min(0).max(60_000).default(0),
  /** Share of requests whose answer is lost, half of them after they took effect. */
  dropRate: z.number().min(0).max(1).default(0),
  duplicate: z.boolean().default(false),
  reorder: z.boolean().default(false),
  /** Refusals as Stripe gives them, whoever calls; `lost`: the call takes effect, and nobody hears of it. */
  answers: z.array(PlannedAnswer).max(1_000).optional(),
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
    if (this.#random() >= dropRate) return this.#forward(request);
    if (this.#random() < 0.5) await this.#forward(request);
    return undefined;
  }

  /** The twin breaks the connection where the answer is to be lost. */
  #forward(request: PartRequest): Promise<PartAnswer | undefined> {
    return this.#twin.send(request).catch(() => undefined);
  }
}

function isCallOfTheTwin(call: string): boolean {
  return operations.some(
    ({ method, path }) => isCall(call, method, path) || isCall(`${method} ${path}`, ...split(call)),
  );
}

function split(call: string): [method: string, path: string] {
  const [method = '', path = ''] = call.split(' ');
  return [method, path];
}
